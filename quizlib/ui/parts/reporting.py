"""What a learner reports from the feedback of a question, as the browser sends it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from quizlib.errors import NotFound, Refused
from quizlib.model.attempt import Json
from quizlib.model.authoring import About
from quizlib.model.person import User
from quizlib.services.corrections import complaints
from quizlib.ui import words

LARGEST = 20_000
AboutWord = Literal["key", "unclear", "typo", "source", "other"]


class Report(BaseModel):
    """What the questions of a result send. Anything else is refused in a sentence."""

    model_config = ConfigDict(extra="forbid", strict=True)

    act: Literal["complain"]
    item: int
    about: AboutWord
    text: str = ""
    nonce: int


def take(actor: User, quiz: int, raw: Any) -> Json | None:
    """Take in what the questions of a result sent, if anything; give what its sender is to hear."""
    if raw is None:
        return None
    nonce = raw.get("nonce") if isinstance(raw, dict) else None
    try:
        report = Report.model_validate(raw if len(str(raw)) <= LARGEST else None)
    except (ValueError, RecursionError):  # pydantic's errors are ValueErrors
        return {"nonce": nonce, "refusal": "That message is no report. Reload the page and try again."}
    try:
        complaints.complain(actor, quiz, report.item, About(report.about), report.text)
    except (NotFound, Refused) as refusal:
        return {"nonce": nonce, "refusal": str(refusal)}
    return {"nonce": nonce, "thanks": words.thanks(actor)}
