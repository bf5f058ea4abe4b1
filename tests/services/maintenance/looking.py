"""Look into a database of the app or into a backup, and stop the app."""

from pathlib import Path

from driving.behind import behind

from quizlib.services.app import App, use


def run(database: App | Path, sql: str) -> list[tuple[object, ...]]:
    """Look into the app's database or a file, or change it."""
    return behind(f"sqlite:///{database}" if isinstance(database, Path) else database.settings.database_url, sql)


def answers(database: App | Path) -> list[tuple[object, ...]]:
    return run(database, "SELECT fraction FROM items")


def stop(app: App) -> None:
    use(None)
    app.close()
