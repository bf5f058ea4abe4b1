"""95 % intervals: how far a figure from so many answers may be off."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from quizlib.analytics.groups import Floats, quotient

Z = NormalDist().inv_cdf(0.975)


def wilson(share: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give the interval of a share of n: its ends are in 0..1, and NaN for none.

    Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209-212.
    Of all simple intervals it keeps nearest to 95 % where n is small (Brown, Cai, DasGupta 2001, Stat Sci 16:101-133).
    A mean of fractions varies at most as much as a share does (by p(1-p)/n), so for parts it is if anything too wide.
    """
    share, n = np.asarray(share, np.float64), np.asarray(n, np.float64)
    middle = quotient(share + quotient(Z * Z, 2 * n), 1 + quotient(Z * Z, n))
    inner = quotient(share * (1 - share), n) + quotient(Z * Z, 4 * n * n)
    half = quotient(Z * np.sqrt(np.maximum(inner, 0)), 1 + quotient(Z * Z, n))
    # at 0 and at 1 rounding would leave the share just outside of its own interval
    return np.clip(np.minimum(middle - half, share), 0, 1), np.clip(np.maximum(middle + half, share), 0, 1)


def fisher(correlation: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give the interval of a correlation over n pairs, NaN for fewer than four and for a perfect correlation.

    Fisher RA. On the "probable error" of a coefficient of correlation deduced from a small sample. Metron 1921;1:3-32.
    It is meant for normal values; for a question that is right or wrong it holds roughly.
    """
    correlation, n = np.asarray(correlation, np.float64), np.asarray(n, np.float64)
    inside = np.abs(correlation) < 1
    middle = np.arctanh(correlation, out=np.full(correlation.shape, np.nan), where=inside)
    enough = np.where(n > 3, n - 3, np.nan)
    half = quotient(Z, np.sqrt(enough))
    return np.tanh(middle - half), np.tanh(middle + half)
