"""Instructors arrange topics and keep sources; files, quizzes and other processes go on from there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import NOON, question, write_bank
from services.test_keeping_up import SOON, Watch, inside, other, watch  # noqa: F401 - fixtures

from quizlib.bank.writing import write_question
from quizlib.errors import ChangedElsewhere, NotFound, Refused
from quizlib.model.attempt import Filter, Plan
from quizlib.model.authoring import Origin, Status
from quizlib.model.catalogue import Catalogue, Entry, Part, Topic
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import bank
from quizlib.services.app import App, current, open_app
from quizlib.services.authoring import sources, topics
from quizlib.services.quizzes import choosing
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.home import home
from quizlib.store.content import questions as rows
from quizlib.store.content.drafts import add_draft

MILLION = "frog " * 200_000


@pytest.fixture
def teacher(learner: User) -> User:
    """Without sign-in the one local person has every role."""
    return learner


def titles(teacher: User) -> list[str]:
    return [one.topic.title for one in topics.all_topics(teacher)]


def ids(teacher: User) -> list[str]:
    return [one.topic.id for one in topics.all_topics(teacher)]


def keep(app: App, one: Question, status: Status = Status.LIVE) -> None:
    """Keep a question as the browser does."""
    with app.database.write() as connection:
        rows.save_version(connection, one, now=NOON, origin=Origin.BROWSER, note="made", status=status)


def refused(call: Callable[[], object], *words: str) -> None:
    with pytest.raises(Refused) as told:
        call()
    for word in words:
        assert word in str(told.value)


# topics


def test_a_topic_gets_an_id_of_its_title_and_comes_last(app: App, teacher: User):
    assert topics.add(teacher, "  Frogs &  Toads ", "What jumps.") == "frogs-toads"

    added = topics.all_topics(teacher)[-1]
    assert added.topic == Topic(id="frogs-toads", title="Frogs & Toads", about="What jumps.")
    assert (added.live, added.drafts, added.retired, added.removable) == (0, 0, 0, True)
    assert bank.catalogue().topics["frogs-toads"].title == "Frogs & Toads"


@pytest.mark.parametrize(
    ("title", "made"),
    [("蛙", "topic"), ("Żaba", "zaba"), ("Pictures", "pictures-2"), ("Pond", "pond-2"), ("2026", "2026")],
)
def test_an_id_is_one_that_a_folder_can_have(app: App, teacher: User, title: str, made: str):
    assert topics.add(teacher, title) == made


def test_two_topics_may_not_look_alike(app: App, teacher: User):
    refused(lambda: topics.add(teacher, "the POND"), "There is a topic the POND already")
    refused(lambda: topics.change(teacher, "meadow", "The pond"), "already")


@pytest.mark.parametrize(
    ("title", "about", "word"),
    [
        ("", "", "Write a title"),
        (" \t\0", "", "Write a title"),
        (MILLION, "", "too long"),
        ("Frogs", MILLION, "too long"),
    ],
)
def test_a_title_is_there_and_not_too_long(app: App, teacher: User, title: str, about: str, word: str):
    refused(lambda: topics.add(teacher, title, about), word)
    assert ids(teacher) == ["pond", "meadow"]


def test_html_in_a_title_is_letters(app: App, teacher: User):
    topics.add(teacher, "<script>alert(1)</script>")

    assert titles(teacher)[-1] == "<script>alert(1)</script>"
    assert ids(teacher)[-1] == "script-alert-1-script"


def test_a_renamed_topic_is_the_same_topic(app: App, teacher: User):
    choice = Choice(filter=Filter(topics=("meadow",)), plan=Plan.RANDOM, number=1)
    choosing.start(teacher, choice)
    topics.change(teacher, "meadow", "The lawn", "What lives in short grass.")

    assert titles(teacher) == ["The pond", "The lawn"]
    assert [tile.topic.title for tile in home(teacher).tiles] == ["The pond", "The lawn"]
    assert choosing.remembered(teacher).filter.topics == ("meadow",)
    assert choosing.match(teacher, choice).questions == 1
    assert home(teacher).open_quiz.topics == ("The lawn",)


def test_topics_are_put_in_order_and_one_that_a_file_brings_later_comes_last(app: App, teacher: User):
    topics.add(teacher, "Trees")
    topics.order(teacher, ["trees", "meadow", "pond"])
    topics.add(teacher, "Sky")
    assert ids(teacher) == ["trees", "meadow", "pond", "sky"]

    with (app.settings.questions / "topics.yaml").open("a", encoding="utf-8") as file:
        file.write("river: {title: The river, about: What swims.}\n")
    bank.sync(app)
    assert ids(teacher) == ["trees", "meadow", "pond", "sky", "river"]


def test_the_place_of_a_topic_leaves_its_title_to_the_file(app: App, teacher: User):
    topics.order(teacher, ["meadow", "pond"])
    file = app.settings.questions / "topics.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("The pond", "The lake"), encoding="utf-8")
    bank.sync(app)

    assert titles(teacher) == ["The meadow", "The lake"]


@pytest.mark.parametrize("given", [[], ["pond"], ["pond", "meadow", "pond"], ["pond", "toad"]])
def test_an_order_of_other_topics_is_not_taken(app: App, teacher: User, given: list[str]):
    with pytest.raises(ChangedElsewhere, match="Meanwhile"):
        topics.order(teacher, given)
    assert ids(teacher) == ["pond", "meadow"]


def test_a_topic_counts_its_questions_by_what_becomes_of_them(app: App, teacher: User):
    keep(app, question("toad", "meadow"), Status.DRAFT)
    with app.database.write() as connection:
        rows.set_status(connection, ["mole"], Status.RETIRED)
        add_draft(
            connection, teacher.id, question_id=None, version_id=None, topic="meadow", content={"sources": 7}, now=NOON
        )
    pond, meadow = topics.all_topics(teacher)

    assert (pond.live, pond.drafts, pond.retired) == (3, 0, 0)
    assert (meadow.live, meadow.drafts, meadow.retired) == (0, 2, 1)


def test_only_an_empty_topic_that_was_made_here_can_be_taken_away(app: App, teacher: User):
    made = topics.add(teacher, "Trees")
    keep(app, question("owl", made), Status.RETIRED)
    refused(lambda: topics.remove(teacher, made), "Trees has questions")

    empty = topics.add(teacher, "Sky")
    topics.remove(teacher, empty)
    with pytest.raises(NotFound):
        topics.remove(teacher, empty)
    assert ids(teacher) == ["pond", "meadow", "trees"]

    with app.database.write() as connection:
        rows.save_version(connection, question("mole"), now=NOON, origin=Origin.BROWSER, note="moved")
    refused(lambda: topics.remove(teacher, "meadow"), "topics.yaml")


def test_a_topic_that_only_questions_name_is_shown_and_can_be_named(app: App, teacher: User):
    keep(app, question("owl", "trees"))
    assert (ids(teacher)[-1], titles(teacher)[-1]) == ("trees", "trees")

    topics.change(teacher, "trees", "In the trees")
    assert titles(teacher)[-1] == "In the trees"
    with pytest.raises(NotFound):
        topics.change(teacher, "sky", "In the sky")


def test_a_file_may_lie_in_the_folder_of_a_topic_that_was_made_here(app: App, teacher: User):
    topics.add(teacher, "Trees")
    write_question(app.settings.questions, question("owl", "trees"))

    assert bank.sync(app).problems == []
    assert bank.check(app.settings.questions, app)["errors"] == []
    assert [one["what"] for one in bank.check(app.settings.questions)["errors"]] == ["The folder trees is not a topic."]


def test_what_one_process_changes_shows_in_the_other(app: App, other: App, teacher: User, watch: Watch):  # noqa: F811
    topics.change(teacher, "pond", "The lake")
    key = sources.add(teacher, "Żaba K. Skoki. 2020.")
    watch.wait(SOON)

    with inside(other):
        assert current().catalogue.topics["pond"].title == "The lake"
        assert key in bank.catalogue().references


def test_two_processes_that_change_at_once_see_both_changes(app: App, other: App, teacher: User, watch: Watch):  # noqa: F811
    topics.change(teacher, "pond", "The lake")
    with inside(other):
        topics.change(teacher, "meadow", "The lawn")
        assert titles(teacher) == ["The lake", "The lawn"]
    watch.wait(SOON)

    assert current().catalogue.topics["meadow"].title == "The lawn"


def test_what_was_made_in_the_browser_is_there_after_a_restart(app: App, teacher: User):
    topics.add(teacher, "Trees")
    with open_app(app.settings) as again:
        assert list(again.catalogue.topics) == ["pond", "meadow", "trees"]


def test_files_that_cannot_be_read_leave_the_browsers_topics(app: App, teacher: User):
    (app.settings.questions / "topics.yaml").write_text("pond: {", encoding="utf-8")
    topics.add(teacher, "Trees")

    assert ids(teacher) == ["pond", "meadow", "trees"]


entries = st.builds(
    Entry,
    part=st.just(Part.TOPICS),
    key=st.sampled_from("abcdef"),
    content=st.sampled_from([{}, {"title": "New", "about": "n"}]),
    position=st.none() | st.integers(0, 9),
)


@given(st.lists(st.sampled_from("abcd"), unique=True), st.lists(entries, unique_by=lambda one: one.key))
def test_laid_over_files_nothing_is_lost_and_each_change_holds(filed: list[str], made: list[Entry]):
    files = Catalogue(topics={key: Topic(id=key, title="Old", about="o") for key in filed})
    over = files.laid_over(made).topics
    named = {one.key for one in made if one.content}
    placed = sorted((one for one in made if one.position is not None and one.key in over), key=lambda one: one.position)

    assert set(over) == {*filed, *named}
    assert all((over[key].title == "New") == (key in named) for key in over)
    assert [one.position for one in placed] == [
        {two.key: two.position for two in placed}[key] for key in list(over)[: len(placed)]
    ]
    assert [key for key in over if key in filed and key not in {one.key for one in placed}] == [
        key for key in filed if key not in {one.key for one in placed}
    ]


# sources


@pytest.mark.parametrize(
    ("citation", "year", "made"),
    [
        ("Tarulli AW, Raynor EM. Lumbosacral radiculopathy. 2007;25:387", 2007, "Tarulli07"),
        ("Al Nezari NH et al. Spine J 2013;13:657-74", None, "AlNezari13"),
        ("NICE NG59 Low back pain and sciatica, 2016", 2016, "NG59"),
        ("Żaba-Krótka A. Skoki. 1999.", None, "ZabaKrotka99"),
        ("Brehm A. Another book. 1864.", 1864, "Brehm64b"),
        ("蛙", None, "Source"),
        ("<b>Frog</b>", None, "bFrogb"),
    ],
)
def test_a_source_gets_a_key_of_author_and_year(app: App, teacher: User, citation: str, year: int | None, made: str):
    assert sources.add(teacher, citation, year) == made
    assert bank.catalogue().references[made].citation == citation


def test_keys_never_meet(app: App, teacher: User):
    made = [sources.add(teacher, f"Frog A. Jumps, volume {n}. 1999.") for n in range(40)]

    assert len({one.casefold() for one in made}) == 40


def test_what_was_added_is_found_cited_and_read(app: App, teacher: User):
    key = sources.add(teacher, "Frog A. How to jump. 1999.", 1999, "Norway")
    keep(app, question("toad", sources=[{"reference": key}]))

    (found,) = sources.search(teacher, "JUMP frog norway")
    assert (found.key, found.changeable, found.made_here) == (key, True, True)
    assert bank.catalogue().citations(question(sources=[{"reference": key}]).sources) == [
        "Frog A. How to jump. 1999. (Norway)"
    ]


def test_one_search_finds_references_facts_and_articles(app: App, teacher: User):
    assert [one.key for one in sources.search(teacher)] == ["Brehm64", "Dickerson06", "R-FR-1", "field-guide"]
    assert [one.key for one in sources.search(teacher, "toads walk")] == ["R-FR-1"]
    assert [one.key for one in sources.search(teacher, "dickerson")] == ["Dickerson06", "R-FR-1"]
    assert [one.key for one in sources.search(teacher, "calls")] == ["field-guide"]
    assert sources.search(teacher, MILLION) == sources.search(teacher, "frog")


@pytest.mark.parametrize(
    ("citation", "year", "country", "word"),
    [
        ("", None, "", "Write the source"),
        ("brehm A. ILLUSTRIRTES Thierleben. 1864.", None, "", "as Brehm64"),
        (MILLION, None, "", "too long"),
        ("Frog", 3000, "", "between 1400 and 2027"),
        ("Frog", -1, "", "between 1400 and 2027"),
        ("Frog", None, MILLION, "country is too long"),
    ],
)
def test_a_source_that_cannot_be_taken_is_told(
    app: App, teacher: User, citation: str, year: int | None, country: str, word: str
):
    refused(lambda: sources.add(teacher, citation, year, country), word)
    assert len(bank.catalogue().references) == 2


def test_a_source_is_corrected_wherever_it_is_cited(app: App, teacher: User):
    sources.change(teacher, "Brehm64", "Brehm A. Illustrirtes Thierleben, volume 5. 1869.", 1869)

    assert "volume 5" in bank.catalogue().citations(question().sources)[0]
    assert bank.catalogue().citations(question().sources)[1] == "Dickerson M. The Frog Book. 1906. (United States)"
    with pytest.raises(NotFound):
        sources.change(teacher, "R-FR-1", "A fact.")


def test_a_source_that_is_cited_is_not_taken_away(app: App, teacher: User):
    key = sources.add(teacher, "Frog A. How to jump. 1999.")
    for number in range(6):
        keep(app, question(f"toad-{number}", sources=[{"reference": key}]), Status.RETIRED)
    with app.database.write() as connection:
        about = {"question_id": None, "version_id": None, "topic": "pond", "now": NOON}
        add_draft(connection, teacher.id, content={"sources": [{"reference": key}, "junk"]}, **about)
    refused(
        lambda: sources.remove(teacher, key),
        "Cited by 6 questions (toad-0, toad-1, toad-2, toad-3, toad-4 and 1 more) and 1 draft.",
    )

    other_key = sources.add(teacher, "Toad B. How to walk. 2001.")
    sources.remove(teacher, other_key)
    assert other_key not in bank.catalogue().references
    refused(lambda: sources.remove(teacher, "Brehm64"), "sources.yaml")
    with pytest.raises(NotFound):
        sources.remove(teacher, other_key)


def test_a_source_that_waits_with_a_new_version_is_cited(app: App, teacher: User):
    key = sources.add(teacher, "Frog A. How to jump. 1999.")
    with app.database.write() as connection:
        changed = question("frog", sources=[{"reference": key}])
        rows.save_version(connection, changed, now=NOON, origin=Origin.BROWSER, note="waits", asked=False)

    refused(lambda: sources.remove(teacher, key), "Cited by 1 question (frog).")


def test_a_source_that_vanishes_from_the_file_is_told_and_its_questions_go_on(app: App, teacher: User, learner: User):
    keep(app, question("toad", sources=[{"reference": "Dickerson06"}, {"reference": "Brehm64"}]))
    assert sources.missing(teacher) == {}
    file = app.settings.questions / "sources.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("  Dickerson06")).replace(
            ", Dickerson06", ""
        ),
        encoding="utf-8",
    )
    bank.sync(app)

    assert sources.missing(teacher) == {"toad": ["Dickerson06"]}
    (problem,) = bank.check(file.parent, app)["errors"]
    assert problem["where"] == "question toad, sources"
    assert problem["what"] == "There is no reference Dickerson06."
    cited = question(sources=[{"reference": "Dickerson06"}, {"reference": "Brehm64"}]).sources
    assert bank.catalogue().citations(cited) == ["Brehm A. Illustrirtes Thierleben. 1864."]
    assert choosing.match(learner, Choice(plan=Plan.RANDOM, number=5)).questions == 5

    with app.database.write() as connection:
        rows.set_status(connection, ["toad"], Status.RETIRED)
    assert sources.missing(teacher) == {}


def test_a_section_that_vanishes_is_told(app: App, teacher: User):
    keep(app, question("toad", sources=[{"document": "field-guide", "section": "Calls"}]))
    file = app.settings.questions / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Calls, ", ""), encoding="utf-8")
    bank.sync(app)

    assert sources.missing(teacher) == {"toad": ["field-guide: Calls"]}


def test_a_file_may_cite_a_source_that_was_added_here(app: App, teacher: User, tmp_path: Path):
    key = sources.add(teacher, "Frog A. How to jump. 1999.")
    write_bank(app.settings.questions, [question("toad", sources=[{"reference": key}])])

    assert bank.sync(app).taken == ["toad"]
    assert bank.check(app.settings.questions, app)["errors"] == []
