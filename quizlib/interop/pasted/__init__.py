"""Questions pasted as text: whatever a teacher's file looks like, its words become the fields of one question."""

from quizlib.interop.pasted.reading import MOST, Pasted, read_pasted

__all__ = ["MOST", "Pasted", "read_pasted"]
