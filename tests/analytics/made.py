"""Answers as frames, made of rows such as "1101": a student each, a digit for each question."""

from collections.abc import Sequence

import pandas as pd

EIGHT = ("11110", "11101", "11010", "10110", "11000", "01100", "10001", "00000")

# Bock RD, Lieberman M. Fitting a response model for n dichotomously scored items. Psychometrika 1970;35:179-197:
# section 6 of the Law School Admission Test, 1,000 students by what they got right of five questions
LSAT6 = {
    "00000": 3,
    "00001": 6,
    "00010": 2,
    "00011": 11,
    "00100": 1,
    "00101": 1,
    "00110": 3,
    "00111": 4,
    "01000": 1,
    "01001": 8,
    "01010": 0,
    "01011": 16,
    "01100": 0,
    "01101": 3,
    "01110": 2,
    "01111": 15,
    "10000": 10,
    "10001": 29,
    "10010": 14,
    "10011": 81,
    "10100": 3,
    "10101": 28,
    "10110": 15,
    "10111": 80,
    "11000": 16,
    "11001": 56,
    "11010": 21,
    "11011": 173,
    "11100": 11,
    "11101": 61,
    "11110": 28,
    "11111": 298,
}
LSAT6_ROWS = tuple(pattern for pattern, count in LSAT6.items() for _ in range(count))


def answers(rows: Sequence[str], max_score: float = 1.0) -> pd.DataFrame:
    """Give a row for each digit: a digit d scores d of 1 (or of `max_score`), and "-" was not given."""
    scores = [
        (f"student {student}", f"question {place}", float(digit), max_score)
        for student, row in enumerate(rows, start=1)
        for place, digit in enumerate(row, start=1)
        if digit != "-"
    ]
    return pd.DataFrame(scores, columns=["student", "question", "score", "max_score"])


def choices(rows: Sequence[str], question: str = "question 1") -> pd.DataFrame:
    """Give what each student chose of one question: a letter each, "-" for nothing."""
    chosen = [
        (f"student {n}", question, letter) for n, row in enumerate(rows, start=1) for letter in row if letter != "-"
    ]
    return pd.DataFrame(chosen, columns=["student", "question", "option"])


def keys(right: str, options: str, question: str = "question 1") -> pd.DataFrame:
    """Give the key of one question: the letters of its options, and which of them are right."""
    worth = [(question, letter, float(letter in right) / len(right)) for letter in options]
    return pd.DataFrame(worth, columns=["question", "option", "fraction"])


def column(frame: pd.DataFrame, name: str) -> list[float]:
    return frame[name].tolist()
