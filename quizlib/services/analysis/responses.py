"""Stored answers as the frames of an item analysis: what each was worth, and which options it chose."""

import json
from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from quizlib.kinds import kind_of
from quizlib.model.question import Question
from quizlib.services.analysis.figures import Figures, Given, figures_from
from quizlib.services.authoring.texts import title_of

MOST_GIVEN = 12


class Wording(NamedTuple):
    """What stands for one series of answers: its name in the frames, and the question as it is marked now."""

    name: str
    question: Question


class Responses(NamedTuple):
    """The frames of an item analysis; what guessing is worth, and what each option says and whether it is right."""

    answers: pd.DataFrame
    choices: pd.DataFrame
    keys: pd.DataFrame
    guesses: dict[Hashable, float]
    texts: dict[str, dict[str, tuple[str, bool]]]


def responses_of(rows: pd.DataFrame, wordings: Mapping[str, Wording], asked: Mapping[int, Question]) -> Responses:
    """Give the frames of answers.

    `rows` have student, asked_hash, version_id, fraction, response and elapsed_ms; `wordings` is by asked hash, and
    `asked` by version. What was asked and not answered is worth nothing.
    """
    name = rows["asked_hash"].map({one: wording.name for one, wording in wordings.items()})
    answers = pd.DataFrame(
        {
            "student": rows["student"],
            "question": name,
            "score": rows["fraction"].fillna(0.0).astype(float),
            "max_score": 1.0,
            "seconds": pd.to_numeric(rows["elapsed_ms"]).astype(float) / 1000,
        }
    )
    if "rest" in rows:
        answers["rest"] = rows["rest"]
    given = rows.assign(question=name)[rows["response"].notna()]
    # most answers are one of a few: each different one is read once
    kinds = given[["version_id", "response"]].drop_duplicates()
    picked = [_picked(asked[one], text) for one, text in kinds.itertuples(index=False)]
    kinds["option"] = pd.Series(picked, index=kinds.index, dtype=object)
    choices = given.merge(kinds, on=["version_id", "response"]).explode("option").dropna(subset="option")
    texts = {wording.name: _texts(wording.question) for wording in wordings.values()}
    worth = [(name, option, each) for name, known in texts.items() for option, each in _worth(known).items()]
    keys = pd.DataFrame(worth, columns=["question", "option", "fraction"])
    guesses: dict[Hashable, float] = {}
    for one in wordings.values():
        worth_of_chance = kind_of(one.question).guess(one.question.body)
        if worth_of_chance is not None:
            guesses[one.name] = worth_of_chance
    return Responses(answers, choices[["student", "question", "option"]], keys, guesses, texts)


def marked_by(asked: Question, key: Question | None) -> Question:
    """Give a question with the key that counts for it: another version's, where that has the same options."""
    if key is None or kind_of(asked).asked(asked.body) != kind_of(key).asked(key.body):
        return asked
    return asked.model_copy(update={"body": key.body})


def told_in_words(
    told: Mapping[str, Any], wording: Wording, found: Responses, own: pd.DataFrame, asked: Mapping[int, Question]
) -> Figures:
    """Give the figures of a wording, of which `own` are the rows, with the words of its options or answers."""
    texts, question = found.texts[wording.name], wording.question
    given = [] if texts else _most_given(own, asked)
    figures = figures_from(told, texts, given)
    return figures.model_copy(update={"question": question.id, "title": title_of(question.stem, question.vignette)})


def _most_given(rows: pd.DataFrame, asked: Mapping[int, Question]) -> list[Given]:
    """Give the most frequent answers in words, how many gave each, and what it is worth."""
    given = rows[rows["response"].notna()]
    alike = given.groupby(["version_id", "response"], sort=False)["fraction"].agg(["size", "max"]).reset_index()
    found: dict[str, Given] = {}
    for version_id, response, count, fraction in alike.itertuples(index=False):
        question = asked[version_id]
        text = kind_of(question).summary(question.body, json.loads(response))
        before = found.get(text, Given(text=text, count=0, fraction=0))
        found[text] = Given(text=text, count=before.count + count, fraction=max(before.fraction, fraction))
    return sorted(found.values(), key=lambda one: (-one.count, one.text))[:MOST_GIVEN]


def _texts(question: Question) -> dict[str, tuple[str, bool]]:
    """Give what each option says; a question with several gaps has no one list of options."""
    groups = kind_of(question).options(question.body)
    return {str(place): text for place, text in enumerate(groups[0].texts)} if len(groups) == 1 else {}


def _picked(question: Question, response: str) -> list[str]:
    if not _texts(question):
        return []
    return [str(place) for _, place in kind_of(question).picked(question.body, json.loads(response))]


def _worth(texts: Mapping[str, tuple[str, bool]]) -> dict[str, float]:
    right = sum(is_right for _, is_right in texts.values())
    return {option: 1 / right if is_right else 0.0 for option, (_, is_right) in texts.items()}
