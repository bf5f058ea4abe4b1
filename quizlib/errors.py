"""What can be refused, told in sentences that a person can act on."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that must be fixed: where it is, what it is, how to fix it."""

    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.fix}".rstrip()

    def as_json(self) -> dict[str, str]:
        """Give the three sentences under their names."""
        return asdict(self)


class QuizError(Exception):
    """A refusal whose text may stand on a page as it is."""


class SettingsProblem(QuizError, ValueError):
    """A setting that cannot be used."""


class ContentProblems(QuizError, ValueError):
    """Content that must be fixed, every problem of it at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class MalformedResponse(QuizError, ValueError):
    """A response that cannot be graded; it is told, not counted."""


class ChangedElsewhere(QuizError):
    """Something was changed since the page that wants to change it was drawn."""


class NotFound(QuizError, LookupError):
    """Something asked for does not exist, or not for this person."""


class NotAllowed(QuizError):
    """Something that this person may not do."""


class SignedOut(QuizError):
    """Nobody is signed in here."""


class Refused(QuizError, ValueError):
    """Something given that cannot be taken as it is, with what to do about it."""


class NothingMatches(QuizError):
    """A choice of questions that leaves none."""


class DatabaseProblem(QuizError):
    """The database cannot be used now."""
