"""The table of kinds."""

from typing import Any

from quizlib.kinds.base import Kind
from quizlib.kinds.choice import Choice

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in (Choice(),)}
