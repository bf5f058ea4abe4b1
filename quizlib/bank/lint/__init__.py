"""The linter: what could be better in a question, and between questions. A flaw is a warning, never an error."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizlib.bank.lint.flaw import Flaw, Rule
from quizlib.bank.lint.table import RULES
from quizlib.bank.lint.whole_bank import BANK_RULES
from quizlib.model.question import Question

__all__ = ["RULES", "Flaw", "Found", "Rule", "lint", "lint_question"]


@dataclass
class Found:
    """Flaws by question and rule, how often each rule was waived, and waivers of rules that do not exist."""

    flaws: list[tuple[str, str, Flaw]] = field(default_factory=list)
    waived: Counter[str] = field(default_factory=Counter)
    unknown: list[tuple[str, str]] = field(default_factory=list)


def lint_question(question: Question) -> list[tuple[str, Flaw]]:
    """Give what each rule finds in one question, waived or not."""
    return [(name, flaw) for name, rule in RULES.items() for flaw in rule(question)]


def lint(questions: Mapping[str, Question]) -> Found:
    """Look at every question, and at all of them together; instances of a family are not compared with each other."""
    found = Found()
    every = [(name, rule, flaw) for name, one in questions.items() for rule, flaw in lint_question(one)]
    written = {name: one for name, one in questions.items() if one.case or "." not in name}
    every += [(name, rule, flaw) for rule, look in BANK_RULES.items() for name, flaw in look(written)]
    for name, rule, flaw in every:
        if rule in questions[name].waive:
            found.waived[rule] += 1
        else:
            found.flaws.append((name, rule, flaw))
    known = {*RULES, *BANK_RULES}
    found.unknown = [(name, rule) for name, one in questions.items() for rule in one.waive if rule not in known]
    return found
