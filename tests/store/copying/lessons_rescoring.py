"""A key that was corrected, by which past answers were marked again; once that was taken back, and once it stands."""

from makers import Clock, frog_options, place_of, question

from quizlib.model.authoring import Origin
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.corrections import rescoring
from quizlib.services.quizzes import study
from quizlib.store.content.questions import save_version


def mark_again(teacher: User, learner: User, clock: Clock, id: str = "mole") -> None:
    """Leave something in every column that marking again brought."""
    for text in ("frog", "toad"):
        clock.move(seconds=3, microseconds=7)
        shown = study.sheet(learner, study.start_fixed(learner, [id]))
        study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, text), seen=0)
    for right, stands in (("toad", True), ("newt", False)):
        app = current()
        with app.database.write() as connection:
            corrected = question(id, shown.question.topic, options=frog_options(right))
            key = save_version(
                connection,
                corrected,
                now=app.clock(),
                origin=Origin.BROWSER,
                note="Klucz był zły.",
                saved_by=teacher.id,
            )
        decision = rescoring.rescore(teacher, id, key, f"The {right} jumps, żaba nie. 🐸").rescoring_id
        if not stands:
            rescoring.undo(teacher, decision or 0, "It does not.")
