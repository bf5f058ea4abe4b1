"""Words that a learner reads in more than one place."""

from quizlib.model.attempt import Behaviour, Confidence, Plan
from quizlib.model.person import TextSize
from quizlib.model.question import Level, Question, Urgency

NAME = "Rootlet"
NOT_ADVICE = "Study material, not medical advice."
EMERGENCY = (
    "New numbness between the legs, trouble passing urine or holding urine or stool, new weakness in an arm or leg, "
    "a sudden or worst-ever headache, chest pain or breathlessness: call your local emergency number now."
)
IN_PRACTICE = {
    Urgency.EMERGENCY: "In practice: emergency care now.",
    Urgency.URGENT: "In practice: urgent, to be seen the same day or as the local pathway says.",
    Urgency.SOON: "In practice: to be seen soon, within days to a few weeks.",
    Urgency.ROUTINE: "In practice: no emergency in itself; usual care, and come back if it changes.",
}
PLANS = {
    Plan.MIXED: "Today’s mix",
    Plan.NEW: "New",
    Plan.MISTAKES: "My mistakes",
    Plan.FLAGGED: "Flagged",
    Plan.RANDOM: "Surprise me",
}
BEHAVIOURS = {Behaviour.PRACTICE: "At once", Behaviour.EXAM: "At the end (mock exam)"}
LEVELS = {Level.RECALL: "Know", Level.APPLY: "Use", Level.ANALYSE: "Reason"}
DROP = {"topics": "All topics", "levels": "All levels", "kinds": "All types", "plan": "Today’s mix instead"}
TEXT_SIZES = {TextSize.NORMAL: "Normal", TextSize.LARGE: "Large", TextSize.LARGEST: "Largest"}
CONFIDENCE = {Confidence.GUESS: "Guess", Confidence.THINK_SO: "Think so", Confidence.SURE: "Sure"}


def count(number: int, one: str, many: str = "") -> str:
    """Say how many: "1 question", "2 questions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def review_state(question: Question) -> str:
    """Tell the truth about who has checked a question."""
    month = f"{question.checked:%B %Y}"
    if question.clinician:
        return f"Checked by a clinician: {question.clinician}. Last checked against its sources in {month}."
    return f"Last checked against its sources in {month}. Not yet checked by a clinician."
