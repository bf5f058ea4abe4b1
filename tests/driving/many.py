"""A bank of ten thousand: the questions there are, copied until there are so many."""

from datetime import timedelta

import sqlalchemy as sa

from quizlib.services.app import App
from quizlib.store.tables import question_statistics, question_texts, questions, versions


def fill(app: App, number: int) -> None:
    """Copy questions and their versions under new ids, most of them answered; lists find out about them."""
    with app.database.write() as connection:
        known = versions.join(questions, questions.c.version_id == versions.c.id)
        columns = [*versions.c, questions.c.kind, questions.c.level]
        sources = connection.execute(sa.select(*columns).select_from(known)).mappings().all()
        last = connection.scalar(sa.select(sa.func.max(versions.c.id))) or 0
        copies, saved = [], []
        for n in range(1, number - len(sources) + 1):
            source = sources[n % len(sources)]
            about = {"id": f"copy-{n}", "topic": source["topic"], "kind": source["kind"], "level": source["level"]}
            copies.append({**about, "status": "live", "origin": "import", "version_id": last + n})
            kept = {name: source[name] for name in ("topic", "content", "content_hash", "asked_hash")}
            saved_at = source["saved_at"] - timedelta(minutes=n)
            saved.append({**kept, "id": last + n, "question_id": f"copy-{n}", "number": 1, "saved_at": saved_at})
        connection.execute(sa.insert(questions), copies)
        connection.execute(sa.insert(versions), saved)
        now = app.clock()
        counted = [
            {"question_id": one["id"], "answers": n % 50, "fraction_sum": n % 50 * 0.7, "as_of": now}
            for n, one in enumerate(copies)
        ]
        connection.execute(sa.insert(question_statistics), counted)
        if connection.dialect.name == "postgresql":
            highest = "(SELECT max(id) FROM versions)"
            connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('versions', 'id'), {highest})"))


def fill_texts(app: App) -> None:
    """Copy what lists show of the originals to the copies, so that nobody waits for it to be made."""
    copy = questions.alias("copy")
    original = versions.alias("original")
    own = versions.alias("own")
    made = [column for column in question_texts.c if column.name not in ("question_id", "version_id")]
    with app.database.write() as connection:
        found = (
            sa.select(copy.c.id, copy.c.version_id, *made)
            .join(own, own.c.id == copy.c.version_id)
            .join(original, sa.and_(original.c.content_hash == own.c.content_hash, original.c.id != own.c.id))
            .join(question_texts, question_texts.c.version_id == original.c.id)
            .where(copy.c.id.startswith("copy-"))
        )
        names = ["question_id", "version_id", *(column.name for column in made)]
        connection.execute(sa.insert(question_texts).from_select(names, found))
