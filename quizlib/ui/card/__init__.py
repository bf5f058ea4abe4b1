"""The question card and the review: two components of plain HTML, CSS and JavaScript, without a build step."""

from quizlib.ui.card.components import message_before_mount, mount_card, mount_preview, mount_review

__all__ = ["message_before_mount", "mount_card", "mount_preview", "mount_review"]
