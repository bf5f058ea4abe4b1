"""The figures of every question that was answered here, for whoever has a shell."""

from quizlib.analytics.answers import Design
from quizlib.analytics.reliability import scores_of_totals
from quizlib.analytics.report import told_scores
from quizlib.model.attempt import Json
from quizlib.services.analysis.figures import Series, as_told
from quizlib.services.app import Progress, current
from quizlib.services.authoring import statistics
from quizlib.store import frames
from quizlib.store.content.statistics import all_figures


def everything(progress: Progress | None = None) -> Json:
    """Count and analyse every first answer, and give a report as `analytics.report` does.

    Of each question the wording that was asked last is told. Options are told by what they say.
    """
    app = current()
    statistics.refresh(app, progress=progress)
    with app.database.read(patient=True) as connection:
        stored = all_figures(connection)
        totals = frames.totals_of_learners(connection, of_everybody=app.alone)
    newest = [Series.model_validate(series[0]).figures for series in stored.values() if series]
    return {
        "design": Design.FREE,
        "students": len(totals),
        "not_given": 0,
        "questions": list(map(as_told, newest)),
        "test": told_scores(scores_of_totals(totals)),
    }
