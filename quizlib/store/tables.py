"""The tables. Steps are the only truth about learners; the state in `items` is a cache of each item's last step."""

import sqlalchemy as sa

from quizlib.store.columns import Id, Json, Key, UtcTime, Word

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

users = sa.Table(
    "users",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("roles", Json, nullable=False),
    sa.Column("time_zone", sa.String(64), nullable=False, server_default="UTC"),
    sa.Column("asks_confidence", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("text_size", Word, nullable=False, server_default="normal"),
    sa.Column("shows_keys", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("last_choice", Json, nullable=True),
    sa.Column("created_at", UtcTime, nullable=False),
    # how this person signs in: by a name and a password, or as a provider says; neither without sign-in
    sa.Column("sign_in_name", Key, nullable=True),
    sa.Column("password", sa.String(200), nullable=True),
    sa.Column("subject_hash", sa.String(64), nullable=True),
    sa.Column("erased_at", UtcTime, nullable=True),
    sa.Index("ix_users_sign_in_name", "sign_in_name", unique=True),
    sa.Index("ix_users_subject_hash", "subject_hash", unique=True),
)

# Where somebody is signed in: the hash of an opaque token that only their browser has.
sign_ins = sa.Table(
    "sign_ins",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("device", sa.String(100), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Column("seen_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("ended_at", UtcTime, nullable=True),
    sa.Index("ix_sign_ins_user_id", "user_id"),
)

# One-time links: to choose a password, to become the first instructor.
links = sa.Table(
    "links",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("purpose", Word, nullable=False),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=True),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("used_at", UtcTime, nullable=True),
    sa.Index("ix_links_user_id", "user_id"),
)

# Failed tries to sign in, by the hash of a name or of an address; forgotten when their time is over.
throttles = sa.Table(
    "throttles",
    metadata,
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("since", UtcTime, nullable=False),
)

classes = sa.Table(
    "classes",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("join_code", sa.String(12), nullable=True),
    sa.Column("made_by", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Index("ix_classes_join_code", "join_code", unique=True),
)

memberships = sa.Table(
    "memberships",
    metadata,
    sa.Column("class_id", sa.ForeignKey("classes.id"), primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("role", Word, nullable=False),
    sa.Column("joined_at", UtcTime, nullable=False),
    sa.Column("extra_time", sa.Float, nullable=False, server_default="1"),
    sa.Column("shares_practice", sa.Boolean, nullable=False, server_default=sa.false()),
    # whether the account was made by joining this class: only then may its instructors reset the password
    sa.Column("account_made", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_memberships_user_id", "user_id"),
)

assignments = sa.Table(
    "assignments",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("class_id", sa.ForeignKey("classes.id"), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("filter", Json, nullable=False),
    sa.Column("question_ids", Json, nullable=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("same_for_all", sa.Boolean, nullable=False),
    # what the first student drew, where it is the same for all
    sa.Column("drawn_ids", Json, nullable=True),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("behaviour", Word, nullable=False),
    sa.Column("opens_at", UtcTime, nullable=True),
    sa.Column("due_at", UtcTime, nullable=True),
    sa.Column("minutes", sa.Float, nullable=True),
    sa.Column("attempts_allowed", sa.Integer, nullable=True),
    sa.Column("counts", Word, nullable=False),
    sa.Column("tells", Word, nullable=False),
    sa.Column("told_at", UtcTime, nullable=True),
    sa.Column("made_by", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Column("withdrawn_at", UtcTime, nullable=True),
    sa.Index("ix_assignments_class_id", "class_id"),
)

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("topic", Key, nullable=False),
    sa.Column("kind", Word, nullable=False),
    sa.Column("level", Word, nullable=False),
    sa.Column("status", Word, nullable=False),
    sa.Column("case_id", Key, nullable=True),
    sa.Column("part", sa.Integer, nullable=True),
    sa.Column("parts", sa.Integer, nullable=True),
    sa.Column("origin", Word, nullable=False),
    sa.Column("version_id", Id, nullable=True),
    sa.Column("file_hash", sa.String(64), nullable=True),
    sa.Index("ix_questions_drawn", "status", "topic", "level", "kind", "id", "case_id", "parts"),
    sa.Index("ix_questions_case_id_part", "case_id", "part"),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("topic", Key, nullable=False),
    sa.Column("content", Json, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("asked_hash", sa.String(64), nullable=False),
    sa.Column("saved_by", sa.ForeignKey("users.id"), nullable=True),
    sa.Column("saved_at", UtcTime, nullable=False),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("question_id", "number"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("plan", Word, nullable=False),
    sa.Column("behaviour", Word, nullable=False),
    sa.Column("filter", Json, nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("asks_confidence", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("number", sa.Integer, nullable=True),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("due_at", UtcTime, nullable=True),
    sa.Column("finished_at", UtcTime, nullable=True),
    sa.Column("assignment_id", sa.ForeignKey("assignments.id"), nullable=True),
    sa.Index("ix_attempts_user_id_finished_at", "user_id", "finished_at"),
    sa.Index("ix_attempts_assigned", "assignment_id", "user_id", "finished_at"),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("attempt_id", sa.ForeignKey("attempts.id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("arrangement", Json, nullable=False),
    # what follows is the cache of the last step
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("topic", Key, nullable=False),
    sa.Column("asked_hash", sa.String(64), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False, server_default="0"),
    sa.Column("state", Word, nullable=False, server_default="open"),
    sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("first", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("fraction", sa.Float, nullable=True),
    sa.Column("response", Json, nullable=True),
    sa.Column("confidence", Word, nullable=True),
    sa.Column("answered_at", UtcTime, nullable=True),
    sa.UniqueConstraint("attempt_id", "position"),
    sa.Index("ix_items_learned", "user_id", "question_id", "answered_at", "fraction"),
    sa.Index("ix_items_flagged", "user_id", "flagged", "question_id"),
)

steps = sa.Table(
    "steps",
    metadata,
    sa.Column("item_id", sa.ForeignKey("items.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("action", Word, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("state", Word, nullable=False),
    sa.Column("response", Json, nullable=True),
    sa.Column("confidence", Word, nullable=True),
    sa.Column("fraction", sa.Float, nullable=True),
    sa.Column("elapsed_ms", sa.Integer, nullable=True),
)

# How often what processes keep in memory has changed: a process that knows a lower number reads again.
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("name", Word, primary_key=True),
    sa.Column("number", Id, nullable=False),
)

# A sign of life of every process that serves the app.
processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("host", sa.String(200), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("seen_at", UtcTime, nullable=False),
)

CACHED = ("seq", "state", "flagged", "first", "fraction", "response", "confidence", "answered_at")
