"""What an administrator does before the app is served on PostgreSQL."""

from quizlib.config import Settings
from quizlib.services import maintenance
from quizlib.services.app import open_for_upkeep
from quizlib.services.bank import sync


def prepare(settings: Settings) -> None:
    """Bring the tables up to date and take the questions in."""
    maintenance.upgrade(settings)
    with open_for_upkeep(settings) as app:
        sync(app)
