"""What instructors read for what a list of questions is sorted and narrowed by."""

from quizlib.model.authoring import Status
from quizlib.model.question import Level
from quizlib.services.authoring.shelf import Figures, Review, Sort

STATUSES = {Status.LIVE: "Live", Status.DRAFT: "Draft", Status.RETIRED: "Withdrawn"}
LEVELS = {Level.RECALL: "Recall", Level.APPLY: "Apply", Level.ANALYSE: "Analyse"}
COLUMNS = {
    Sort.TITLE: "Question",
    Sort.TOPIC: "Topic",
    Sort.KIND: "Type",
    Sort.STATUS: "Status",
    Sort.SHARE: "Share right",
    Sort.SUGGESTIONS: "Suggestions",
    Sort.CHANGED: "Changed",
    Sort.ANSWERS: "Answers",
    Sort.ID: "Name in files",
}
FIGURES = {
    Figures.FEW: "Too few answers",
    Figures.HARD: "Hard: less than 30 % right",
    Figures.EASY: "Easy: more than 95 % right",
}
REVIEWS = {
    Review.WAITING: "Waiting for review",
    Review.CHANGES: "Changes asked for",
    Review.APPROVED: "Approved",
    Review.DUE: "Due for review again",
}
REPORTED, CONFLICT = "Reported by students", "File and app differ"
# by the name of the rule; one that is not here reads as its name does
RULES = {
    "longest-key": "Right answer is the longest",
    "clang": "Word of the question in the right answer only",
    "absolute-wrong": "Always, never in wrong options only",
    "hedged-key": "May, usually in the right answer only",
    "of-the-above": "All or none of the above",
    "vague-frequency": "Often, rarely without a number",
    "overlapping-ranges": "Ranges overlap",
    "unordered-numbers": "Numbers not in order",
    "opposites": "Two opposites among the options",
    "convergence": "Right answer shares most with the others",
    "negative-stem": "Asks for what is not so",
    "unfocused-stem": "Question asks nothing by itself",
    "article-cue": "Question ends in a or an",
    "abbreviation": "Abbreviation not spelt out",
    "long-stem": "Long to read",
    "refers-to-option": "Names an option by its place",
    "short-why": "Reason too short",
    "explanation-length": "Explanation too short or too long",
    "hard-reading": "Explanation hard to read",
}


def rule(name: str) -> str:
    """Say in words what a rule of the suggestions finds."""
    return RULES.get(name) or name.replace("-", " ").capitalize()
