"""The parts of the Account page that only people who sign in see."""

from zoneinfo import available_timezones

import streamlit as st

from quizlib.errors import Refused
from quizlib.model.person import Role, User
from quizlib.services.classes import classes
from quizlib.services.people import accounts, people, privacy, signing_in
from quizlib.ui import identity, routes, times, words
from quizlib.ui.parts.signing_out import sign_out_button

ZONES = sorted(available_timezones())


def who(actor: User, mode: str) -> None:
    """Show name and sign-in name, sign out, and change name, password and time zone."""
    st.text(f"{actor.name}, signed in as {actor.sign_in_name}." if actor.sign_in_name else f"{actor.name}.")
    sign_out_button(mode)
    with st.expander("Name and time zone", key="name-and-zone"), st.form("about-me", border=False):
        name = st.text_input("Name", value=actor.name, key="my-name", max_chars=people.LONGEST_NAME)
        place = ZONES.index(actor.time_zone) if actor.time_zone in ZONES else ZONES.index("UTC")
        zone = st.selectbox("Time zone", ZONES, index=place, key="my-zone")
        if st.form_submit_button("Save", key="save-me"):
            try:
                people.rename(actor, name)
                people.set_time_zone(actor, zone)
            except Refused as refusal:
                st.text(str(refusal))
            else:
                st.rerun()
    if mode == "accounts":
        _password(actor)


def classes_of(actor: User) -> None:
    """Show the classes that the person is in, to leave, and to share practice with."""
    st.markdown("## Classes")
    joined = [(group, member) for group, member in classes.mine(actor) if member.role is Role.STUDENT]
    for group, member in joined:
        with st.container(key=f"in-class-{group.id}", border=True):
            st.text(group.name)
            shared = st.toggle(
                "My teacher may see my practice by name",
                value=member.shares_practice,
                # what is stored is in the key: a tab that shows what was, does not set it again
                key=f"share-{group.id}-{member.shares_practice}",
            )
            if shared != member.shares_practice:
                classes.share_practice(actor, group.id, shared)
                st.rerun()
            sure = st.checkbox("Leave this class", key=f"sure-leave-{group.id}")
            if sure and st.button("Leave", key=f"leave-{group.id}"):
                classes.leave(actor, group.id)
                st.rerun()
    with st.container(horizontal=True):
        st.page_link(routes.to("join"), label="Join a class")
        st.page_link(routes.to("privacy"), label="What your teacher sees")


def places(actor: User, mode: str) -> None:
    """Show where the person is signed in, and end it everywhere."""
    st.markdown("## Where you are signed in")
    for place in signing_in.places(actor):
        st.text(f"{place.device}, since {times.day(place.made_at, actor)}, last {times.moment(place.seen_at, actor)}")
    if st.button("Sign out everywhere", key="sign-out-everywhere"):
        signing_in.sign_out_everywhere(actor)
        if mode == "oidc":
            st.logout()
        st.rerun()


def data(actor: User) -> None:
    """Let the person download everything about them, and erase themself."""
    st.markdown("## Your data")
    again = identity.later()
    st.download_button(
        "Download everything about me",
        # made when it is pressed, which is no run of the page: who is here is looked up once more
        lambda: privacy.download(again()),
        "my-data.zip",
        "application/zip",
        key="download-me",
        help="A zip with CSV and JSON of each table.",
        on_click="ignore",
    )
    with st.expander("Erase me", key="erase"):
        st.markdown(
            "This takes away your name, your sign-in, your settings and your classes, at once and for good. Your "
            "answers stay for the statistics of the questions; nothing says that they were yours."
        )
        typed = st.text_input("Write your name as it stands above", key="erase-name")
        if st.button("Erase me for good", key="erase-me"):
            try:
                privacy.erase(actor, typed)
            except Refused as refusal:
                st.text(str(refusal))
            else:
                if identity.sign_in_mode() == "oidc":
                    st.logout()
                st.rerun()


def _password(actor: User) -> None:
    with st.expander("Password", key="password"), st.form("new-password", border=False, clear_on_submit=True):
        st.caption(words.GOOD_ONE)
        old = st.text_input("Present password", type="password", key="old-password", autocomplete="current-password")
        new = st.text_input("New password", type="password", key="new-password-1", autocomplete="new-password")
        if st.form_submit_button("Change the password", key="change-password"):
            try:
                accounts.change_password(actor, old, new, identity.token() or "")
            except Refused as refusal:
                st.text(str(refusal))
            else:
                st.text("Changed. You were signed out everywhere else.")
