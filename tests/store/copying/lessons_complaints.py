"""A question that is not as it should be: reported twice, answered once, and the answer read."""

from quizlib.model.authoring import About
from quizlib.model.person import User
from quizlib.services.corrections import complaints, notices
from quizlib.services.quizzes import study


def complain(teacher: User, learner: User) -> None:
    """Leave something in every column that complaints brought; what came of one is put away."""
    quiz = study.start(learner, number=2)
    study.finish(learner, quiz)
    first, second = (study.sheet(learner, quiz, position).item for position in (1, 2))
    complaints.complain(learner, quiz, first.id, About.OTHER, "Żaba skacze,\n蛙 jumps. 🐸")
    complaints.complain(learner, quiz, second.id, About.SOURCE)
    about_first = next(one for one in complaints.queue(teacher) if one.complaint.item_id == first.id)
    complaints.answer(teacher, about_first.complaint.id, "So it does: “frog”.")
    notices.put_away(learner, [notices.mine(learner)[0].id])
