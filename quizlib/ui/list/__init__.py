"""The list of questions: a component of plain HTML, CSS and JavaScript, which draws the rows that can be seen."""

from quizlib.ui.list.components import message_before_mount, mount, packed

__all__ = ["message_before_mount", "mount", "packed"]
