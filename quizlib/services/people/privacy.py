"""What is stored about a person: to take away, and to have erased."""

import io
import json
import zipfile
from typing import Any

from quizlib.errors import Refused
from quizlib.interop.table import write_csv
from quizlib.model.person import Role, User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, current
from quizlib.store.answers import assignments
from quizlib.store.answers.attempts import read_items
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import PEOPLE, Connection
from quizlib.store.people import classes, personal
from quizlib.store.people.personal import PERSONAL

_README = """\
Everything that is stored about you, one file a table: the same rows as CSV, for a spreadsheet, and as JSON.
Times are in UTC. Passwords and the keys of your sign-ins are kept as hashes only, and are not in here.
What was right in an assignment is left out until your teacher tells it.
"""
# what says how good an answer was
_TOLD_LATER = frozenset({"fraction", "first"})


def download(actor: User) -> bytes:
    """Give everything that is stored about the actor: a zip with JSON and CSV of each table."""
    app = current()
    out = io.BytesIO()
    with (
        app.database.read() as connection,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        permissions.require_person(connection, actor)
        file.writestr("README.txt", _README)
        untold = assignments.untold(connection, actor.id, app.clock())
        hidden = _items_of(connection, actor, untold)
        kept = assignments.kept_back(connection, actor.id, app.clock())
        for one in PERSONAL:

            def hide(row: dict[str, Any], table: str = one.table.name) -> dict[str, Any]:
                item_id = row["id"] if table == "items" else row["item_id"] if table == "steps" else None
                return {**row, **dict.fromkeys(_TOLD_LATER & row.keys())} if item_id in hidden else row

            rows = list(personal.rows_about(connection, one, actor.id, hide))
            if one.table.name == "notices":  # there is one only where the mark has changed
                rows = [row for row in rows if row["question_id"] not in kept]
            if rows:
                name = one.table.name
                file.writestr(f"{name}.json", json.dumps(rows, indent=1, ensure_ascii=False, default=str))
                flat = ([_flat(value) for value in row.values()] for row in rows)
                file.writestr(f"{name}.csv", "\ufeff" + write_csv(list(rows[0]), flat))
    return out.getvalue()


def erase(actor: User, typed: str) -> None:
    """Erase the actor, who typed their own name to show that they mean it; their answers stay without the person.

    Raises Refused on another name, and while a class has no other instructor.
    """
    if typed.strip().casefold() != actor.name.casefold():
        raise Refused(f"Nothing was erased. To erase everything about you, write your name as it stands: {actor.name}")
    app = current()
    with app.database.write(PEOPLE) as connection:
        permissions.require_person(connection, actor)
        for group, member in classes.classes_of(connection, actor.id):
            if member.role is Role.INSTRUCTOR:
                permissions.require_successor(connection, group, actor.id)
                if len(classes.members(connection, group.id)) == 1:
                    classes.change_class(connection, group.id, join_code=None)
        personal.erase(connection, actor.id, app.clock())
        # every process has the names of those who approved questions in memory
        note_change(connection, BANK_CHANGE)
    app.local_user = None
    app.look()


def _items_of(connection: Connection, actor: User, attempt_ids: list[int]) -> set[int]:
    return {item.id for one in attempt_ids for item in read_items(connection, one)}


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
