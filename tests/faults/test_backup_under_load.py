"""A backup made while people answer is one sound state, with every answer acknowledged before it began."""

import threading
import time
from pathlib import Path

from faults.intact import assert_intact
from makers import place_of

from quizlib.config import Settings
from quizlib.services import maintenance
from quizlib.services.app import open_app, use, utc_now
from quizlib.services.people import people
from quizlib.services.quizzes import study


def test_a_backup_under_load_is_sound_and_restores(settings: Settings, tmp_path: Path) -> None:
    told: list[int] = []
    going = True

    def take_quizzes() -> None:
        while going:
            quiz = study.start(actor)
            shown = study.sheet(actor, quiz)
            while shown.attempt.finished_at is None:
                study.answer(actor, quiz, shown.item.id, place_of(shown, "frog"), seen=shown.item.seq)
                told.append(shown.item.id)
                shown = study.sheet(actor, quiz)

    with open_app(settings) as app:
        use(app)
        actor = people.local_person()
        learners = [threading.Thread(target=take_quizzes) for _ in range(4)]
        for learner in learners:
            learner.start()
        before = []
        for number in range(3):
            time.sleep(0.3)
            before = list(told)
            maintenance.backup(settings, tmp_path / f"{number}.db")
        going = False
        for learner in learners:
            learner.join()
        use(None)

    copy = Settings(f"sqlite:///{tmp_path / '2.db'}", settings.questions)
    assert_intact(copy, before)
    assert_intact(settings, told)

    maintenance.restore(settings, tmp_path / "2.db", utc_now())
    assert_intact(settings, before)
