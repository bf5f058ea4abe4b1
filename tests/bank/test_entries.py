"""Topics and sources of the browser go into files of any layout, and what did not change stays to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank.entries import sources_text, topics_text
from quizlib.bank.yaml_text import read_yaml
from quizlib.errors import ContentProblems
from quizlib.model.catalogue import Catalogue, Reference, Topic

POND = Topic(id="pond", title="The pond", about="Still water.")
SKY = Topic(id="sky", title="Sky: the high one", about="")
OWL = Reference(citation="Owl A. # 1 'of' \"two\": birds. 1999.", year=1999, country="Norway")


def of(*topics: Topic) -> Catalogue:
    return Catalogue(topics={one.id: one for one in topics})


def topics_in(text: str) -> list[Topic]:
    return [Topic(id=key, **fields) for key, fields in read_yaml(text, "topics.yaml").data.items()]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# only a comment\n",
        "{}",
        "pond: {title: The pond, about: Still water.}",
        "{pond: {title: The pond, about: Still water.}, sky: {title: Sky, about: ''}}",
        "# first\r\npond:\r\n  title: The pond\r\n  about: Still water.\r\n",
        "pond:\n  title: |\n    The\n    pond\n  about: x\n# last\n",
        "? pond\n: {title: A, about: b}\n",
        "---\nsky: {title: Sky, about: ''}\n...\n",
        "\ufeffpond: {title: A, about: b}\n".removeprefix("\ufeff"),
    ],
)
def test_a_file_of_any_layout_holds_the_topics_in_their_order(before: str):
    after = topics_text(before, of(SKY, POND), "topics.yaml")

    assert topics_in(after) == [SKY, POND]
    assert topics_text(after, of(SKY, POND), "topics.yaml") == after
    assert after.startswith("# only a comment\n" if "only" in before else "")


def test_what_did_not_change_keeps_its_letters_and_comments():
    before = "# Ours.\npond: {title: The pond, about: 'Still water.'}  # mine\nsky: {title: Sky, about: ''}\n"
    after = topics_text(before, of(SKY, POND), "topics.yaml")

    assert after == (
        "# Ours.\nsky: {title: 'Sky: the high one', about: ''}\n"
        "pond: {title: The pond, about: 'Still water.'}  # mine\n"
    )


def test_topics_that_only_the_file_has_stay():
    after = topics_text("pond: {title: The pond, about: Still water.}\n", of(SKY), "topics.yaml")

    assert topics_in(after) == [SKY, POND]


def test_a_file_that_is_no_yaml_is_not_written_over():
    with pytest.raises(ContentProblems):
        topics_text("pond: {", of(POND), "topics.yaml")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "references: {}\n",
        "documents: {}\nreferences:\n",
        "references:\n  Brehm64: {citation: Brehm, year: 1864}\nrows:\n  R-1: {shows: x, cites: [Brehm64]}\n",
        "rows:\n    R-1: {shows: x, cites: []}\nreferences:\n    Brehm64:\n        citation: Brehm\n        year: 1864",
    ],
)
def test_references_go_where_they_belong_and_the_rest_stays(before: str):
    brehm = {"Brehm64": Reference(citation="Brehm", year=1864)} if "Brehm64" in before else {}
    after = sources_text(before, Catalogue(references={**brehm, "Owl99": OWL}), "sources.yaml")
    data, old = read_yaml(after, "").data, read_yaml(before, "").data or {}

    assert {key: Reference(**one) for key, one in data["references"].items()} == {**brehm, "Owl99": OWL}
    assert {part: data[part] for part in old if part != "references"} == {
        part: old[part] for part in old if part != "references"
    }
    assert "year: 1999" in after


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
keys = st.sampled_from(["pond", "no", "1e5", "2026", "null", "on", "0x1f", "a-b"])
topics = st.dictionaries(keys, st.tuples(lines, lines)).map(
    lambda found: [Topic(id=key, title=title, about=about) for key, (title, about) in found.items()]
)


@given(topics, topics)
def test_whatever_is_written_is_read_again(first: list[Topic], then: list[Topic]):
    before = topics_text("", of(*first), "topics.yaml")
    after = topics_text(before, of(*then), "topics.yaml") or "{}"

    assert topics_in(after)[: len(then)] == then
    assert {one.id for one in topics_in(after)} == {one.id for one in [*first, *then]}
