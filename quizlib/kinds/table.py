"""The table of kinds."""

from typing import Any

from quizlib.kinds.base import Kind
from quizlib.kinds.choice import Choice
from quizlib.kinds.cloze import Cloze
from quizlib.kinds.matching import Matching
from quizlib.kinds.numeric import Numeric
from quizlib.kinds.ordering import Ordering
from quizlib.kinds.short_text import ShortText

KINDS: dict[str, Kind[Any]] = {
    kind.name: kind for kind in (Choice(), ShortText(), Numeric(), Matching(), Ordering(), Cloze())
}
