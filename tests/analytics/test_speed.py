"""A large class waits about a second, however busy the machine is."""

import time

import numpy as np
import pandas as pd

from quizlib.analytics.report import report

STUDENTS, QUESTIONS = 1000, 200


def test_a_thousand_students_and_two_hundred_questions():
    chance = np.random.default_rng(1)
    right = chance.random((STUDENTS, QUESTIONS)) < chance.random((STUDENTS, 1))
    option = np.where(right, "frog", chance.choice(["toad", "newt", "heron"], right.shape))
    frame = pd.DataFrame(
        {
            "student": np.repeat([f"student {n}" for n in range(STUDENTS)], QUESTIONS),
            "question": np.tile([f"question {n}" for n in range(QUESTIONS)], STUDENTS),
            "score": right.ravel().astype(float),
            "max_score": 1.0,
            "seconds": chance.uniform(5, 60, right.size),
            "option": option.ravel(),
        }
    )
    begun = time.process_time()
    report(frame, frame[["student", "question", "option"]])

    # a second of an idle processor, and patience for a shared one
    assert time.process_time() - begun < 4
