"""All questions: search, narrow, sort, open one, do something with many."""

from collections.abc import Callable

import streamlit as st

from quizlib.kinds import KINDS
from quizlib.model.attempt import Json
from quizlib.model.authoring import Draft, Status
from quizlib.model.person import User
from quizlib.model.question import Level
from quizlib.services.authoring import drafts, shelf, statistics
from quizlib.services.authoring.shelf import FEWEST_ANSWERS, LONGEST_TEXT, Figures, Found, Review, Search, Sort
from quizlib.services.bank import catalogue
from quizlib.services.corrections import complaints
from quizlib.ui import address, identity, prose, routes, times, words
from quizlib.ui.list import message_before_mount, mount, names, packed
from quizlib.ui.parts.many import many

# fewer are read before anybody sees a bar
LONG = 400
MOST_DRAFTS = 3
_FIND, _DROP, _SHOW_ALL = "find", "drop-filters", "show-all"
# the fields of filters by their names in the address, as far as they take many values or one
_MANY, _ONE = ("topic", "type", "level", "status", "only"), ("suggestion", "answered", "review")
_SORT, _ORDER, _UP = "sort", "order", "up"


def page() -> None:
    """Show the questions that match what the address says."""
    actor = identity.actor()
    said = message_before_mount() or {}
    _sort(said)
    st.markdown("# Questions")
    _start(actor)
    _unfinished(actor)
    search = _search()
    found = _find(actor, search)
    _how_many(search, len(found.rows))
    if not found.rows:
        return
    told = mount(_data(actor, search, found)) or {}
    state = statistics.state(actor)
    if state.as_of is not None:
        st.caption(
            f"Share right: first answers of students, as of {times.in_zone(state.as_of, actor):%H:%M}."
            + (" Being counted again." if state.counting else "")
        )
    # in a session's first run the message comes with the list
    if told != said and told.get("act") == "sort":
        _sort(told)
        st.rerun()
    if told.get("act") == "with":
        many([str(one) for one in told.get("ids", [])])


def _start(actor: User) -> None:
    with st.container(key="start", horizontal=True, vertical_alignment="center"):
        if st.button("New question", type="primary", key="new-question"):
            routes.go("write")
        if "complaints" in routes.ROUTES:
            waiting = complaints.open_count(actor)
            label = routes.ROUTES["complaints"].title + (f" ({waiting})" if waiting else "")
            st.page_link(routes.to("complaints"), label=label)
        if "arrange" in routes.ROUTES:
            st.page_link(routes.to("arrange"), label=routes.ROUTES["arrange"].title)


def _unfinished(actor: User) -> None:
    mine = drafts.mine(actor)
    if not mine:
        return
    with st.container(key="unfinished", border=True):
        st.markdown("**Your unfinished work**")
        for draft in mine[:MOST_DRAFTS]:
            _draft(actor, draft)
        if len(mine) > MOST_DRAFTS:
            with st.expander(f"{len(mine) - MOST_DRAFTS} more", key="more-drafts"):
                for draft in mine[MOST_DRAFTS:]:
                    _draft(actor, draft)


def _draft(actor: User, draft: Draft) -> None:
    title = prose.plain(prose.short(str(draft.content.get("stem") or ""))) or "A question without words yet"
    since = times.in_zone(draft.changed_at, actor)
    st.page_link(
        routes.to("write"),
        label=f"{'Changes to: ' if draft.question_id else ''}{title} · {since.day} {since:%b, %H:%M}",
        query_params={"draft": str(draft.id)},
    )


def _search() -> Search:
    """Draw the search field and the filters, which the address holds, and give what they say."""
    _drop()
    topics = catalogue().topics
    text = st.text_input(
        "Find questions",
        key=_FIND,
        bind="query-params",
        type="search",
        max_chars=LONGEST_TEXT,
        label_visibility="collapsed",
        placeholder="Find words, a tag, or a name",
    )
    with st.expander("Filter", key="filter"):
        chosen = {
            "topics": _pills("Topic (none means all)", "topic", list(topics), lambda one: topics[one].title),
            "kinds": _pills("Type", "type", list(KINDS), lambda one: KINDS[one].title),
            "levels": _pills("Level", "level", [one.value for one in Level], lambda one: names.LEVELS[Level(one)]),
            "statuses": _pills(
                "Status", "status", [one.value for one in names.STATUSES], lambda one: names.STATUSES[Status(one)]
            ),
        }
        left, middle, right = st.columns(3)
        with left:
            flaw = _box("Suggestions", "suggestion", [shelf.ANY, *shelf.SUGGESTIONS], _flaw)
        with middle:
            figures = _box("Answers of students", "answered", list(Figures), lambda one: names.FIGURES[Figures(one)])
        with right:
            review = _box("Review", "review", list(Review), lambda one: names.REVIEWS[Review(one)])
        also = _pills("Only", "only", [names.REPORTED, names.CONFLICT], str)
    return Search(
        text=text or "",
        **{name: tuple(values) for name, values in chosen.items()},
        flaw=flaw or "",
        figures=Figures(figures) if figures else None,
        review=Review(review) if review else None,
        reported=names.REPORTED in also,
        conflict=names.CONFLICT in also,
        **_order(),
    )


def _drop() -> None:
    """Empty the fields, before they are drawn, whose filters a button further down was pressed to drop."""
    everything = bool(st.session_state.get(_SHOW_ALL))
    if everything or st.session_state.get(_DROP):
        for key in _MANY:
            st.session_state[key] = []
        for key in _ONE:
            st.session_state[key] = None
    if everything:
        st.session_state[_FIND] = ""


def _pills(label: str, key: str, options: list[str], named: Callable[[str], str]) -> list[str]:
    return st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=named,
        key=key,
        bind="query-params",
    )


def _box(label: str, key: str, options: list[str], named: Callable[[str], str]) -> str | None:
    return st.selectbox(label, options, index=None, format_func=named, key=key, placeholder="All", bind="query-params")


def _flaw(name: str) -> str:
    return "Any suggestion" if name == shelf.ANY else names.rule(name)


def _order() -> Json:
    known = [one.value for one in Sort]
    sort = address.word(_SORT)
    return {"sort": Sort(sort if sort in known else Sort.CHANGED), "descending": address.word(_ORDER) != _UP}


def _sort(said: Json) -> None:
    """Put into the address what the list was told to sort by."""
    if said.get("act") == "sort" and said.get("sort") in [one.value for one in Sort]:
        address.tell(_SORT, str(said["sort"]))
        address.tell(_ORDER, "" if said.get("down") else _UP)


def _find(actor: User, search: Search) -> Found:
    bar = st.empty()

    def progress(done: int, total: int) -> None:
        if total > LONG:
            bar.progress(done / total, f"Reading {total:,} questions that are new or changed …")

    found = shelf.find(actor, search, progress)
    bar.empty()
    return found


def _how_many(search: Search, number: int) -> None:
    narrowed = search.filters or search.text
    with st.container(key="matches" if number else "empty", horizontal=True, vertical_alignment="center"):
        if number:
            st.markdown(f"**{words.count(number, 'question')}**" + (" found" if narrowed else ""))
        elif narrowed:
            st.markdown("**No question matches.** Fewer words find more, and fewer filters do.")
        else:
            st.markdown("**No question yet.** What you write stands here, and what lies in the question files.")
        if search.filters:
            label = f"Drop {words.count(search.filters, 'filter')}"
            st.button(label, key=_DROP)
        if search.text and not number:
            st.button("Show all questions", key=_SHOW_ALL)


def _data(actor: User, search: Search, found: Found) -> bytes:
    topics = {one.id: one.title for one in catalogue().topics.values()}
    about = {
        "topics": topics,
        "kinds": {name: kind.title for name, kind in KINDS.items()},
        "statuses": names.STATUSES,
        "columns": names.COLUMNS,
        "sort": search.sort,
        "down": search.descending,
        "fewest": FEWEST_ANSWERS,
        "opens": "question" if "question" in routes.ROUTES else "",
        "zone": actor.time_zone,
        # what is sought: another search begins at the top
        "search": search.model_dump_json(),
    }
    return packed(about, found.rows)
