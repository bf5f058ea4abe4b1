"""Classes: those that an instructor has, and a new one."""

import streamlit as st

from quizlib.errors import Refused
from quizlib.model.person import Role
from quizlib.services import permissions
from quizlib.services.classes import classes
from quizlib.ui import identity, prose, routes


def page() -> None:
    """List the classes that the person instructs, and make another."""
    actor = identity.actor()
    permissions.require_instructor(actor)
    st.markdown("# Classes")
    taught = [group for group, member in classes.mine(actor) if member.role is Role.INSTRUCTOR]
    for group in taught:
        with st.container(key=f"class-{group.id}"):
            st.page_link(routes.to("class"), label=prose.plain(group.name), query_params={"class": str(group.id)})
    if not taught:
        st.markdown("A class has a code that students join with, a list of who is in it, and what you give it to do.")
    with st.form("new-class", border=bool(taught)):
        name = st.text_input("Name of the class", key="class-name", max_chars=100, placeholder="Anatomy 2, group B")
        if st.form_submit_button("Make a class", type="secondary" if taught else "primary", key="make-class"):
            try:
                made = classes.make(actor, name)
            except Refused as refusal:
                st.markdown(str(refusal))
            else:
                routes.go("class", **{"class": made})
