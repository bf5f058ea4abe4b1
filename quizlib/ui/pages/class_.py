"""One class: what it has to do, who is in it, how to get in."""

import io
from collections.abc import Sequence

import segno
import streamlit as st

from quizlib.errors import NotFound, Refused
from quizlib.model.classes import Member, Tells
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.classes import classes
from quizlib.services.classes.classes import EXTRA_TIMES, FEW, ClassView, Practice, Progress
from quizlib.services.people import accounts
from quizlib.ui import address, identity, prose, routes, times, words
from quizlib.ui.parts import roster
from quizlib.ui.parts.in_class import attention

MOST_SHOWN, NEWEST = 50, 10


def page() -> None:
    """Show the class that the address names."""
    actor = identity.actor()
    class_id = address.number("class")
    if class_id is None:
        raise NotFound("This address names no class.")
    shown = classes.view(actor, class_id)
    students = len(shown.students)
    st.markdown(f"# {prose.plain(shown.group.name)}")
    st.markdown(words.count(students, "student") if students else "Nobody has joined yet. Invite students below.")
    with st.container(horizontal=True, key="start"):
        if st.button("New assignment", type="primary", key="new-assignment"):
            routes.go("give", **{"class": class_id})
        if shown.progress and st.button("Scores", key="scores"):
            routes.go("scores", **{"class": class_id})
    if not shown.group.invented:
        _invite(actor, shown)
    if shown.progress and shown.students:
        attention.show(actor, class_id)
    st.markdown("## Assignments")
    if not shown.progress:
        st.markdown("None yet. Choose topics and a due date, and students find it on their home page.")
    for progress in shown.progress[:NEWEST]:
        _assignment(actor, progress)
    _older(actor, shown.progress[NEWEST:])
    st.markdown("## Students")
    _students(actor, shown)
    if not shown.group.invented:
        roster.import_list(actor, class_id)
    st.markdown("## Practice of the last seven days")
    _practice(classes.practice(actor, class_id))
    _settings(actor, shown)


def _invite(actor: User, shown: ClassView) -> None:
    code = shown.group.join_code
    with st.expander("Invite students", expanded=not shown.students, key="invite"):
        if code is None:
            st.markdown("This class takes nobody new.")
            if st.button("Take students again", key="open-class"):
                classes.new_code(actor, shown.group.id)
                st.rerun()
            return
        link = f"{identity.address()}/join?code={code}"
        spaced = f"{code[:4]} {code[4:]}"
        st.markdown("Write this on the board, or send the link:")
        with st.container(key="code-to-join"):
            st.markdown(f"**{spaced}**")
        st.code(link, language=None, wrap_lines=True)
        drawn = io.BytesIO()
        segno.make(link, error="m").save(drawn, kind="svg", border=4, light="#ffffff", scale=5)
        st.image(drawn.getvalue().decode(), width=220, alt=f"QR code of the link {link}")
        with st.container(horizontal=True):
            if st.button("New code", key="new-code", help="The old code and link stop working."):
                classes.new_code(actor, shown.group.id)
                st.rerun()
            if st.button("Take nobody new", key="close-class"):
                classes.close(actor, shown.group.id)
                st.rerun()


def _assignment(actor: User, progress: Progress) -> None:
    given = progress.assignment
    due = f" Due {times.moment(given.due_at, actor)}." if given.due_at else ""
    opens = (
        f" Opens {times.moment(given.opens_at, actor)}."
        if given.opens_at and given.opens_at > current().clock()
        else ""
    )
    later = " Answers not told yet." if given.tells is Tells.BY_HAND and given.told_at is None else ""
    with st.container(key=f"assignment-{given.id}", border=True):
        st.page_link(
            routes.to("assignment"), label=prose.plain(given.title), query_params={"assignment": str(given.id)}
        )
        st.markdown(f"{progress.done} done, {progress.begun} begun, {progress.not_begun} not begun.{due}{opens}{later}")


def _older(actor: User, progress: Sequence[Progress]) -> None:
    if not progress:
        return
    with st.expander(f"Older assignments ({len(progress)})", key="older-assignments", on_change="rerun") as fold:
        if fold.open:
            for one in progress:
                _assignment(actor, one)


def _students(actor: User, shown: ClassView) -> None:
    if not shown.students:
        st.markdown("Who joins stands here.")
        return
    wanted = ""
    if len(shown.students) > 10:
        wanted = st.text_input("Find a student", key="find-student", placeholder="part of a name").casefold()
    found = [
        one for one in shown.students if wanted in one.name.casefold() or wanted in (one.sign_in_name or "").casefold()
    ]
    names = {one.user_id: _about(one) for one in found[:MOST_SHOWN]}
    if len(found) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(found)}. Write part of a name to find the others.")
    if not found:
        st.markdown("Nobody has that in their name.")
        return
    with st.container(key="students"):
        st.table(
            [
                {
                    "Name": prose.plain(one.name),
                    "Signs in as": prose.plain(one.sign_in_name or ""),
                    "Notes": _notes(one),
                }
                for one in found[:MOST_SHOWN]
            ],
            hide_index=True,
            alt="The students of the class",
        )
    chosen = st.selectbox(
        "For one student",
        list(names),
        index=None,
        format_func=lambda one: names[one],
        key="one-student",
        placeholder="Choose a student for extra time, a new password, or to remove",
    )
    member = next((one for one in found if one.user_id == chosen), None)
    if member is not None:
        _one_student(actor, shown, member)


def _one_student(actor: User, shown: ClassView, member: Member) -> None:
    class_id, user_id = shown.group.id, member.user_id
    with st.container(key=f"student-{user_id}", border=True):
        st.page_link(
            routes.to("student"),
            label="Scores and attempts",
            query_params={"class": str(class_id), "student": str(user_id)},
        )
        factor = st.segmented_control(
            "Extra time in assignments with a time limit",
            sorted({*EXTRA_TIMES, member.extra_time}),
            default=member.extra_time,
            format_func=lambda one: "none" if one == 1 else f"{one:g} ×",
            key=f"extra-{user_id}-{member.extra_time}",
            required=True,
        )
        if factor != member.extra_time:
            classes.set_extra_time(actor, class_id, user_id, float(factor))
            st.rerun()
        try:
            if identity.sign_in_mode() == "accounts" and st.button("Link for a new password", key=f"reset-{user_id}"):
                token = accounts.reset_student(actor, class_id, user_id)
                st.markdown(f"Give this to {prose.plain(member.name)}. It works once, for two weeks:")
                st.code(f"{identity.address()}/link?key={token}", language=None, wrap_lines=True)
            if st.button("Make instructor of this class", key=f"teach-{user_id}"):
                classes.make_instructor(actor, class_id, user_id)
                st.rerun()
        except Refused as refusal:
            st.text(str(refusal))
        sure = st.checkbox(f"Remove {prose.plain(member.name)} from this class", key=f"sure-{user_id}")
        if sure and st.button("Remove", key=f"remove-{user_id}"):
            classes.remove(actor, class_id, user_id)
            st.rerun()


def _practice(done: Practice) -> None:
    if done.learners is None:
        st.markdown(f"Fewer than {FEW} practised, so nothing is shown: it would tell about single students.")
    elif not done.learners:
        st.markdown("Nobody practised outside assignments.")
    else:
        st.markdown(
            f"{words.count(done.learners, 'student')} practised, "
            f"about {words.count(done.answers or 0, 'answer')}, {done.right} of them right."
        )
    for name, answers, right in done.shared:
        st.text(f"{name} shares practice with you: {words.count(answers, 'answer')}, {right} right.")


def _settings(actor: User, shown: ClassView) -> None:
    with st.expander("Name, instructors", key="class-settings"):
        st.text("Instructors: " + ", ".join(one.name for one in shown.instructors))
        with st.form("rename-class"):
            name = st.text_input("Name of the class", value=shown.group.name, key="class-rename", max_chars=100)
            if st.form_submit_button("Save", key="save-class"):
                try:
                    classes.rename(actor, shown.group.id, name)
                except Refused as refusal:
                    st.text(str(refusal))
                else:
                    st.rerun()
        if len(shown.instructors) > 1 and st.button("Leave this class", key="leave-class"):
            classes.leave(actor, shown.group.id)
            routes.go("classes")


def _notes(member: Member) -> str:
    extra = f"extra time {member.extra_time:g} ×" if member.extra_time != 1 else ""
    return ", ".join(filter(None, (extra, "" if member.has_password else "no password yet")))


def _about(member: Member) -> str:
    return f"{member.name} ({member.sign_in_name})" if member.sign_in_name else member.name
