"""Words that a learner reads in more than one place."""

from quizlib.model.attempt import Behaviour, Confidence, Plan
from quizlib.model.authoring import About, Approval
from quizlib.model.classes import Counts, Tells
from quizlib.model.person import TextSize, User
from quizlib.model.question import Level, Question, Urgency

NAME = "Rootlet"
NOT_ADVICE = "Study material, not medical advice."
TEACHER_SEES = (
    "Your teacher sees what you do in the assignments of the class, by name. Of what you practise by yourself they see "
    "totals of the whole class only, unless you share it."
)
INVENTED = (
    "An invented class is loaded to look round in. Its people and answers are made up, and they count in the figures "
    "of questions. Remove it with: `quiz demo remove`"
)
INVENTED_SHORT = "An invented class is loaded. Remove it with: quiz demo remove"
GOOD_ONE = "10 characters or more; three words are easy to keep."
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
COUNTS = {Counts.BEST: "The best", Counts.FIRST: "The first", Counts.LAST: "The last"}
TELLS = {
    Tells.AT_ONCE: "As soon as a student has finished",
    Tells.AFTER_DUE: "After the due date",
    Tells.BY_HAND: "When I say so",
}
TOLD = {Tells.AT_ONCE: "at once", Tells.AFTER_DUE: "after the due date", Tells.BY_HAND: "when you say so"}
TEXT_SIZES = {TextSize.NORMAL: "Normal", TextSize.LARGE: "Large", TextSize.LARGEST: "Largest"}
CONFIDENCE = {Confidence.GUESS: "Guess", Confidence.THINK_SO: "Think so", Confidence.SURE: "Sure"}

ABOUT = {
    About.KEY: "Right answer",
    About.UNCLEAR: "Unclear",
    About.TYPO: "Typing error",
    About.SOURCE: "Source",
    About.OTHER: "Something else",
}


def count(number: int, one: str, many: str = "") -> str:
    """Say how many: "1 question", "2 questions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def review_state(question: Question, approval: Approval | None = None) -> str:
    """Tell the truth about who has checked a question."""
    month = f"{question.checked:%B %Y}"
    if approval is not None:
        by = f"Approved by {approval.name or 'an instructor'} in {approval.at:%B %Y}."
        return f"{by} {review_state(question)}"
    if question.clinician:
        return f"Checked by a clinician: {question.clinician}. Last checked against its sources in {month}."
    return f"Last checked against its sources in {month}. Not yet checked by a clinician."


def thanks(actor: User) -> str:
    """Say what becomes of a report; on a laptop the one who learns is the one who answers."""
    if actor.instructs:
        return "Thank you. It stands under Reported questions, and what is answered comes to your home page."
    return "Thank you. Your teacher reads it and answers on your home page."
