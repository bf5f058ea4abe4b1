"""People, where they are signed in, and their classes."""

import sqlalchemy as sa

from quizlib.store.columns import Id, Json, Key, UtcTime, Word
from quizlib.store.tables.base import metadata

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
    # nobody: part of a class that was made up to look round in
    sa.Column("invented", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_users_sign_in_name", "sign_in_name", unique=True),
    sa.Index("ix_users_subject_hash", "subject_hash", unique=True),
)

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
    sa.Column("invented", sa.Boolean, nullable=False, server_default=sa.false()),
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
