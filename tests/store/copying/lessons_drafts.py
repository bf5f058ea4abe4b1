"""Questions as they are after some work: a draft, a verdict, a version that waits for its approval."""

from dataclasses import replace

from quizlib.model.authoring import Judgement
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.authoring import drafts, reviewing, saving, versions


def write(teacher: User, id: str = "newt") -> None:
    """Leave something in every column of drafts and verdicts, and propose a version."""
    app, before = current(), current().settings
    app.settings = replace(before, must_be_approved=True)
    draft = drafts.read(teacher, drafts.edit(teacher, id)).draft
    content = {**draft.content, "takeaway": "Żaby skaczą."}
    draft = drafts.keep(teacher, draft.id, draft.seq, topic=draft.topic, content=content)
    saving.save(teacher, draft.id, draft.seq, "clearer: 🐸", publish=True)
    app.settings = before
    asked = versions.opened(teacher, id).asked
    reviewing.judge(teacher, asked.id, Judgement.CHANGE, "Czy na pewno?")
    drafts.edit(teacher, id)
