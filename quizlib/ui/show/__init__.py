"""A question as a class sees it on a wall: a component of plain HTML, CSS and JavaScript."""

from quizlib.ui.show.components import message_before_mount, mount

__all__ = ["message_before_mount", "mount"]
