"""Answers by the million, stored as the services would store them, for what must stay quick among them."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

EACH = 20  # questions of a quiz
OWN = 340  # answers of each of the others, all to different questions
AT = "'2026-09-01 10:00:00'"
CHOSEN = '{"chosen": [1]}'


def crowd(connection: Connection, answers: int) -> None:
    """Store first answers of people who practise, each right with a chance of six in ten."""
    others = answers // OWN + 1
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # what fits is not looked up again
    person = _last(connection, "users") + 1
    attempt, item = _last(connection, "attempts") + 1, _last(connection, "items") + 1
    connection.execute(
        sa.text(
            "INSERT INTO users (id, name, roles, created_at) "
            f"{_numbers(connection, others)} SELECT {person} + i, 'Somebody', '[]', {_moment(connection, '0')} "
            f"{_source(connection, others)}".replace(":", "\\:")
        )
    )
    store_attempts(connection, attempt, answers // EACH, f"{person} + i * {EACH} / {OWN}")
    store_items(connection, item, answers, f"{attempt} + i / {EACH}", f"{person} + i / {OWN}", "i")


def store_attempts(connection: Connection, first: int, number: int, person: str, assignment: str = "NULL") -> None:
    """Store finished attempts; the texts say of which person, and at which assignment, the number i from 0 is."""
    at = _moment(connection, "i")
    connection.execute(
        sa.text(
            "INSERT INTO attempts (id, user_id, assignment_id, plan, behaviour, filter, seed, started_at, finished_at) "
            f"{_numbers(connection, number)} SELECT {first} + i, {person}, {assignment}, 'random', 'practice', '{{}}', "
            f"1, {at}, {at} {_source(connection, number)}".replace(":", "\\:")
        )
    )


def store_items(connection: Connection, first: int, number: int, attempt: str, person: str, question: str) -> None:
    """Store answered items with their steps; the texts say of which attempt, person and question the number i is."""
    _versions(connection)
    right = "CASE WHEN random() > 0.4 THEN 1.0 ELSE 0.0 END"
    if connection.dialect.name == "sqlite":
        right = "CASE WHEN abs(random()) % 10 < 6 THEN 1.0 ELSE 0.0 END"
    many = connection.scalar(sa.text("SELECT count(*) FROM asked"))
    connection.execute(
        sa.text(
            (
                "INSERT INTO items (id, attempt_id, position, version_id, arrangement, user_id, question_id, topic, "
                "asked_hash, seq, state, flagged, first, fraction, response, answered_at, elapsed_ms) "
                f"{_numbers(connection, number)} SELECT {first} + i, {attempt}, i % {EACH} + 1, asked.version_id, "
                f"'[0,1,2,3]', {person}, asked.question_id, asked.topic, asked.asked_hash, 1, 'answered', "
                f"false, true, {right}, '{CHOSEN}', {_moment(connection, 'i')}, 20000 {_source(connection, number)} "
                f"JOIN asked ON asked.place = ({question}) % {many}"
            ).replace(":", "\\:")
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO steps (item_id, seq, action, at, actor_id, state, response, fraction, elapsed_ms) "
            "SELECT id, 1, 'submit', answered_at, user_id, 'answered', response, fraction, elapsed_ms FROM items "
            f"WHERE id >= {first}"
        )
    )
    connection.execute(
        sa.text(
            'INSERT INTO tallies (attempt_id, topic, questions, answered, "right", points, elapsed_ms) '
            "SELECT attempt_id, topic, count(*), count(*), count(CASE WHEN fraction >= 1 THEN 1 END), sum(fraction), "
            f"sum(elapsed_ms) FROM items WHERE id >= {first} GROUP BY attempt_id, topic"
        )
    )
    if connection.dialect.name == "postgresql":
        for table in ("users", "attempts", "items"):
            connection.execute(
                sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            )


def _versions(connection: Connection) -> None:
    """Number the versions of questions with one right option."""
    connection.execute(sa.text("DROP TABLE IF EXISTS asked"))
    connection.execute(
        sa.text(
            "CREATE TEMPORARY TABLE asked AS SELECT row_number() OVER (ORDER BY versions.id) - 1 AS place, "
            "versions.id AS version_id, versions.question_id, versions.topic, versions.asked_hash FROM versions "
            "JOIN questions ON questions.version_id = versions.id WHERE questions.kind = 'choice'"
        )
    )
    connection.execute(sa.text("CREATE INDEX ix_asked ON asked (place)"))


def _numbers(connection: Connection, number: int) -> str:
    if connection.dialect.name == "postgresql":
        return ""
    return f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {number} - 1)"


def _source(connection: Connection, number: int) -> str:
    if connection.dialect.name == "postgresql":
        return f"FROM generate_series(0, {number} - 1) AS n(i)"
    return "FROM n"


def _moment(connection: Connection, i: str) -> str:
    """Give a moment of three months, later for later numbers."""
    if connection.dialect.name == "postgresql":
        return f"TIMESTAMPTZ {AT} + ({i} % 7000000) * INTERVAL '1 second'"
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', {AT}, (({i}) % 7000000) || ' seconds')"


def _last(connection: Connection, table: str) -> int:
    return int(connection.scalar(sa.text(f"SELECT coalesce(max(id), 0) FROM {table}")) or 0)
