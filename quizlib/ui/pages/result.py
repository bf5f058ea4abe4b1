"""Result: how it went, what to look at first, and every question again."""

import streamlit as st

from quizlib.errors import NotFound
from quizlib.kinds import kind_of
from quizlib.model.attempt import Behaviour, Json, Plan
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.services.bank import catalogue
from quizlib.services.quizzes import study
from quizlib.services.quizzes.results import Line, Result, repeat_mistakes, result, shares
from quizlib.services.quizzes.sharing import code_of
from quizlib.ui import address, identity, prose, routes, times, words
from quizlib.ui.card import message_before_mount, mount_review
from quizlib.ui.parts import reporting
from quizlib.ui.parts.feedback import feedback, marked_again
from quizlib.ui.parts.pictured import Sizes, picture_data, sizes_of


def page() -> None:
    """Show the result of the quiz that the address names."""
    actor = identity.actor()
    quiz = address.number("quiz")
    if quiz is None:
        raise NotFound("This address names no quiz. Start one from the home page.")
    came = result(actor, quiz)
    if came.attempt.finished_at is None:
        routes.go("practice", quiz=quiz)
    if not came.told:
        _later(came)
        return
    st.markdown(f"# {score(came)}")
    st.markdown(sentence(came))
    missed = sum(line.missed for line in came.lines)
    with st.container(horizontal=True, key="start"):
        if missed and st.button(
            f"Repeat my {words.count(missed, 'mistake')}" if missed > 1 else "Repeat my mistake",
            type="primary",
            key="repeat",
        ):
            routes.go("practice", quiz=repeat_mistakes(actor, quiz))
        if st.button("New quiz like this", type="secondary" if missed else "primary", key="again"):
            routes.go("practice", quiz=study.start_like(actor, quiz))
        if st.button("Home", key="home", type="tertiary"):
            routes.go("home")
        if st.button("History", key="history", type="tertiary"):
            routes.go("history")
    _figures(came, quiz, actor)
    _review(actor, came)


def _review(actor: User, came: Result) -> None:
    quiz = came.attempt.id
    key = f"review-{quiz}"
    asked = message_before_mount(key)
    data = review_data(came, catalogue(), actor)
    data["heard"] = reporting.take(actor, quiz, asked)
    late = mount_review(data, key)
    if asked is None and late is not None:
        # the first run of a session, after a reconnect: what was reported is known only now
        reporting.take(actor, quiz, late)
        st.rerun()


def _later(came: Result) -> None:
    """Say that it is handed in; what was right is told when others have sat it too."""
    st.markdown("# Handed in")
    st.markdown(
        f"{came.answered} of {words.count(len(came.lines), 'question')} answered. Your teacher shows what was right "
        "later, when everybody has had the same chance. You find it here, and on the home page."
    )
    if st.button("Home", key="home", type="primary"):
        routes.go("home")


def _figures(came: Result, quiz: int, actor: User) -> None:
    with st.container(key="figures"), st.expander("By topic, level and time"):
        known = catalogue().topics
        groups = {
            "Topics": shares(came, lambda line: known[line.item.topic].title if line.item.topic in known else None),
            "Levels": shares(came, lambda line: words.LEVELS[line.question.level]),
            "How sure": shares(
                came, lambda line: words.CONFIDENCE[line.item.confidence] if line.item.confidence else None
            ),
        }
        for title, found in groups.items():
            if found:
                st.markdown(f"**{title}**")
                st.markdown("  \n".join(f"{prose.plain(one.name)}: {one.right} of {one.answered}" for one in found))
        if came.took is not None and came.answered:
            minutes = round(came.took.total_seconds() / 60)
            st.markdown(f"**Time** about {words.count(max(1, minutes), 'minute')} from start to end")
        code = code_of(actor, quiz)
        if code is not None:
            st.markdown("**Share code**, for the same paper on a computer with the same questions")
            st.code(code, language=None)


def score(came: Result) -> str:
    """Say the score as people do."""
    if came.attempt.behaviour is Behaviour.EXAM:
        return f"{came.right} of {len(came.lines)}"  # handed in whole: what was left open counts
    return f"{came.right} of {came.answered}" if came.answered else "No answers"


def sentence(came: Result) -> str:
    """Say one honest thing about the result."""
    open_ones = len(came.lines) - came.answered
    left = f" {words.count(open_ones, 'question')} left unanswered." if open_ones else ""
    dangers = sum(line.danger_missed for line in came.lines)
    partly = sum(line.grade is not None and line.grade.partly for line in came.lines)
    if not came.answered:
        return f"You ended this quiz before the first answer.{left}"
    if dangers:
        return f"{words.count(dangers, 'red flag')} to look at first.{left}"
    if came.right == came.answered and not open_ones:
        what = "Every one right" if came.attempt.plan is not Plan.MISTAKES else "Every old mistake put right"
        return f"{what}.{left}"
    if partly:
        return f"{words.count(partly, 'more was', 'more were')} partly right. What you missed stands first.{left}"
    return f"What you missed stands first.{left}" if came.look_first else left.strip()


def review_data(came: Result, known: Catalogue, person: User) -> Json:
    """Give the lines for the browser: what to look at first, then all in their order."""
    parts = []
    sizes = sizes_of(line.asked for line in came.lines)
    if came.look_first:
        parts.append(
            {"title": "Look at first", "lines": [_line(line, known, sizes, person) for line in came.look_first]}
        )
    everything = [_line(line, known, sizes, person) for line in came.lines]
    parts.append({"title": "All questions", "lines": everything})
    return {"parts": parts}


def _line(line: Line, known: Catalogue, sizes: Sizes, person: User) -> Json:
    question, asked, item = line.question, line.asked, line.item
    again = marked_again(line.again, person)
    kind = kind_of(question)
    said = "Not answered"
    if item.response is not None:
        said = f"You: {kind.summary(question.body, item.response)}"
        if line.missed:
            said += f" · Answer: {kind.summary(question.body, kind.right_answer(question.body))}"
    if line.danger_missed:
        said = f"Red flag. {said}"
    if line.again:
        said += f" · Marked again on {times.day(line.again.at, person)}: {line.again.reason}"
    return {
        "kind": question.kind,
        "title": f"{item.position}. {prose.short(asked.stem)}",
        "item": item.id,
        "said": said,
        "vignette": prose.html(asked.vignette),
        "picture": picture_data(asked, sizes),
        "stem": prose.inline(asked.stem),
        "feedback": feedback(question, item, known, again),
    }
