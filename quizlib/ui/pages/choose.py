"""Choose what to practise: a sentence whose bold parts are chips below it."""

import streamlit as st

from quizlib.errors import QuizError
from quizlib.kinds import KINDS
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.person import User
from quizlib.model.question import Level
from quizlib.services.bank import catalogue
from quizlib.services.quizzes import choosing, sharing
from quizlib.services.quizzes.choosing import LONGEST_MINUTES, Choice, Match
from quizlib.ui import identity, prose, routes, words

NUMBERS = (5, 10, 20, 0)
TIMES = (1.0, 1.25, 1.5)


def page() -> None:
    """Show the choice, how many questions match it, and Start."""
    actor = identity.actor()
    chosen = _chips(actor, choosing.remembered(actor))
    match = choosing.match(actor, chosen)
    with st.container(key="sentence"):
        st.markdown(f"# {sentence(chosen)}")
    if match.questions:
        _start(actor, chosen, match)
    else:
        _nothing(actor, chosen)
    with st.container(key="shared"), st.expander("I have a share code"):
        _shared(actor)


def sentence(chosen: Choice) -> str:
    """Say the choice in one sentence."""
    known = catalogue().topics
    topics = [prose.plain(known[one].title) for one in chosen.filter.topics if one in known]
    about = "all topics" if not topics else ", ".join(topics) if len(topics) <= 3 else f"{len(topics)} topics"
    number = f"{chosen.number} questions" if chosen.number else "Questions until I stop"
    when = "answers at once" if chosen.behaviour is Behaviour.PRACTICE else "answers at the end"
    only = [words.LEVELS[Level(one)] for one in chosen.filter.levels]
    only += [KINDS[one].title for one in chosen.filter.kinds if one in KINDS]
    narrowed = f", {', '.join(only)} only" if only else ""
    return f"{number} from {about}{narrowed}, {words.PLANS[chosen.plan].lower()}, {when}."


def _chips(actor: User, last: Choice) -> Choice:
    topics = {one.id: prose.plain(one.title) for one in catalogue().topics.values()}
    with st.container(key="chips"):
        number = st.segmented_control(
            "How many",
            NUMBERS,
            default=last.number if last.number in NUMBERS else 10,
            format_func=lambda one: str(one) if one else "Keep going",
            key="how-many",
            required=True,
        )
        plan = st.pills(
            "Which",
            list(words.PLANS),
            default=last.plan if last.plan in words.PLANS else Plan.MIXED,
            format_func=words.PLANS.__getitem__,
            key="which",
            required=True,
        )
        behaviour = st.segmented_control(
            "Answers",
            list(Behaviour),
            default=last.behaviour,
            format_func=words.BEHAVIOURS.__getitem__,
            key="when",
            required=True,
        )
        wanted = st.pills(
            "Topics (none means all)",
            list(topics),
            selection_mode="multi",
            default=[one for one in last.filter.topics if one in topics],
            format_func=topics.__getitem__,
            key="topics",
        )
        with st.expander("More"):
            levels = st.pills(
                "Levels (none means all)",
                [level.value for level in Level],
                selection_mode="multi",
                default=list(last.filter.levels),
                format_func=lambda one: words.LEVELS[Level(one)],
                key="levels",
            )
            kinds = st.pills(
                "Types (none means all)",
                list(KINDS),
                selection_mode="multi",
                default=[one for one in last.filter.kinds if one in KINDS],
                format_func=lambda one: KINDS[one].title,
                key="kinds",
            )
            asks = st.toggle("Ask how sure I am", value=last.asks_confidence or actor.asks_confidence, key="asks")
            minutes = 0.0
            if Behaviour(behaviour) is Behaviour.EXAM:
                minutes = _minutes(last, number or 20)
    if number == 0 and Behaviour(behaviour) is Behaviour.EXAM:
        number = 20
        st.caption("An exam has an end: 20 questions.")
    return Choice(
        filter=Filter(topics=tuple(wanted), levels=tuple(levels), kinds=tuple(kinds)),
        plan=Plan(plan),
        number=number,
        behaviour=Behaviour(behaviour),
        minutes=minutes,
        asks_confidence=asks,
    )


def _minutes(last: Choice, number: int) -> float:
    if not st.toggle("Time limit", value=bool(last.minutes), key="limited"):
        return 0.0
    given = st.number_input(
        "Minutes",
        min_value=1,
        max_value=LONGEST_MINUTES,
        value=min(number + number // 2, LONGEST_MINUTES),
        key="minutes",
    )
    more = st.segmented_control(
        "Extra time",
        TIMES,
        default=1.0,
        format_func=lambda one: "none" if one == 1 else f"{one:g} ×",
        key="extra-time",
        required=True,
    )
    return min(float(given) * more, float(LONGEST_MINUTES))


def _start(actor: User, chosen: Choice, match: Match) -> None:
    found = match.questions
    number = min(chosen.number or found, found)
    label = f"Start {words.count(number, 'question')}" if chosen.number else "Start"
    with st.container(key="start", horizontal=True, vertical_alignment="center"):
        if st.button(label, type="primary", key="begin"):
            routes.go("practice", quiz=choosing.start(actor, chosen))
        st.markdown(words.count(found, "question matches", "questions match"))
    if not match.varied:
        st.caption("Many of them are variations of the same few questions, so expect some to look alike.")


def _nothing(actor: User, chosen: Choice) -> None:
    with st.container(key="empty"):
        st.markdown("**No question matches.** " + _reason(chosen))
        for name, (other, number) in choosing.what_empties(actor, chosen).items():
            if st.button(f"{words.DROP[name]}: {number} match", key=f"drop-{name}"):
                routes.go("practice", quiz=choosing.start(actor, other))


def _reason(chosen: Choice) -> str:
    match chosen.plan:
        case Plan.MISTAKES:
            return "There is no open mistake in it; well done, or not started yet."
        case Plan.FLAGGED:
            return "Nothing in it is flagged."
        case Plan.NEW:
            return "You have seen every question in it."
    return "The chips together leave nothing."


def _shared(actor: User) -> None:
    code = st.text_input("Share code", key="share-code", max_chars=60)
    if st.button("Open this quiz", key="open-shared") and code.strip():
        try:
            quiz = sharing.start_from_code(actor, code)
        except QuizError as refusal:
            st.markdown(str(refusal))
            return
        routes.go("practice", quiz=quiz)
