"""Sums, means and variances by group, all groups at once."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

# of values between 0 and 1; one of a million students who scored a thousandth on one question of a thousand varies more
NO_VARIANCE = 1e-22


class Groups:
    """Values that belong to groups 0, 1, 2 …, by the number of the group of each."""

    def __init__(self, codes: Codes, count: int | None = None) -> None:
        self.codes = codes
        self.sizes = np.bincount(codes, minlength=0 if count is None else count)

    def total(self, values: Floats) -> Floats:
        """Add up the values of each group."""
        return np.bincount(self.codes, values, len(self.sizes)).astype(np.float64, copy=False)

    def mean(self, values: Floats) -> Floats:
        """Give the mean of each group, NaN of an empty one."""
        return quotient(self.total(values), self.sizes)

    def centred(self, values: Floats) -> Floats:
        """Give each value less the mean of its group."""
        return values - self.mean(values)[self.codes]

    def covariance(self, one: Floats, other: Floats) -> Floats:
        """Give the covariance in each group by n - 1, NaN of fewer than two values."""
        one, other = self.centred(one), self.centred(other)
        # what rounding left of the means is taken out again (Chan, Golub, LeVeque 1983, Am Stat 37:242)
        sums = self.total(one * other) - quotient(self.total(one) * self.total(other), self.sizes)
        return quotient(sums, self.sizes - 1, self.sizes > 1)

    def variance(self, values: Floats) -> Floats:
        """Give the variance in each group by n - 1: exactly 0 where all values are the same but for rounding."""
        found = self.covariance(values, values)
        found[found < NO_VARIANCE] = 0
        return found

    def most_covariance(self, one: Floats, other: Floats) -> Floats:
        """Give the covariance that the values of each group would have, were both in the same order."""
        return self._sorted().covariance(self._in_order(one), self._in_order(other))

    def _sorted(self) -> "Groups":
        return Groups(np.sort(self.codes), len(self.sizes))

    def _in_order(self, values: Floats) -> Floats:
        ordered: Floats = values[np.lexsort((values, self.codes))]
        return ordered


def quotient(one: npt.ArrayLike, other: npt.ArrayLike, where: npt.ArrayLike | None = None) -> Floats:
    """Divide, and give NaN where that has no meaning: by zero, or outside of `where`."""
    above, below = np.broadcast_arrays(np.asarray(one, np.float64), np.asarray(other, np.float64))
    meant = (below != 0) if where is None else (np.asarray(where) & (below != 0))
    found = np.full(below.shape, np.nan)
    np.divide(above, below, out=found, where=meant)
    return found
