"""What differs is told field by field and word by word; two people's changes are joined, or said to differ."""

import copy
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import frog_options, option

from quizlib.bank.difference import Change, Merged, Run, difference, merge, words

Content = dict[str, Any]


def content(**changes: Any) -> Content:
    return {
        "kind": "choice",
        "stem": "Which of them jumps?",
        "options": frog_options(),
        "explanation": "Long hind legs make a jumper.",
        "tags": ["legs", "L5"],
        **changes,
    }


def told(before: Content, after: Content) -> list[tuple[Any, ...]]:
    return [(one.kind, one.path) for one in difference(before, after)]


# field by field


def test_nothing_differs_from_itself():
    assert difference(content(), content()) == []


def test_a_changed_an_added_and_a_removed_field_are_told():
    after = content(stem="Which one jumps?", takeaway="Frogs jump.")
    del after["explanation"]

    assert difference(content(), after) == [
        Change(("stem",), "changed", "Which of them jumps?", "Which one jumps?"),
        Change(("explanation",), "removed", "Long hind legs make a jumper.", ""),
        Change(("takeaway",), "added", "", "Frogs jump."),
    ]


@pytest.mark.parametrize("empty", ["", "  ", None, False, [], {}])
def test_an_empty_field_is_as_good_as_none(empty: Any):
    assert difference(content(), content(vignette=empty)) == []
    assert difference(content(vignette=empty), content()) == []


def test_blanks_around_a_text_and_the_form_of_a_number_do_not_matter():
    assert difference({"stem": "frog ", "answer": 2.0}, {"stem": "frog", "answer": 2}) == []
    assert difference({"answer": 2.5}, {"answer": "2.5"}) == []
    assert difference({"answer": 0}, {}) == [Change(("answer",), "removed", "0", "")]


def test_a_key_that_moves_is_told_at_both_options():
    assert difference(content(), content(options=frog_options(right="toad"))) == [
        Change(("options", 0, "correct"), "removed", "yes", ""),
        Change(("options", 1, "correct"), "added", "", "yes"),
    ]


def test_an_option_in_front_does_not_change_the_others():
    after = content(options=[option("heron"), *frog_options()])

    assert told(content(), after) == [("added", ("options", 0, "text")), ("added", ("options", 0, "why"))]


def test_an_option_that_went_is_told_where_it_was():
    after = content(options=frog_options()[1:])

    assert {(one.kind, one.path[:2]) for one in difference(content(), after)} == {("removed", ("options", 0))}


def test_an_option_that_moved_is_told_with_both_places():
    frog, toad, newt = frog_options()

    assert difference(content(), content(options=[toad, newt, frog])) == [Change(("options", 2), "moved", "1", "3")]


def test_an_option_may_move_and_change():
    frog, toad, newt = frog_options()
    changed = {**frog, "why": "It is the one with long hind legs."}

    assert told(content(), content(options=[toad, newt, changed])) == [
        ("moved", ("options", 2)),
        ("changed", ("options", 2, "why")),
    ]


def test_a_reworded_option_is_the_same_option():
    after = content(options=[option("heron"), option("a green frog", True), *frog_options()[1:]])

    assert ("changed", ("options", 1, "text")) in told(content(), after)
    assert ("added", ("options", 0, "text")) in told(content(), after)


def test_an_option_replaced_in_its_place_is_told_as_changed():
    one, two, three = ({"text": name, "why": why} for name, why in (("L4", "x"), ("L5", "y"), ("S1", "z")))
    after = {"options": [one, {"text": "all roots together", "why": "No single disc does so."}, three]}

    assert told({"options": [one, two, three]}, after) == [
        ("changed", ("options", 1, "text")),
        ("changed", ("options", 1, "why")),
    ]


def test_pairs_sources_and_gaps_are_told_field_by_field():
    pair = {"left": "frog", "right": "jumps", "why": "It has the legs."}
    other = {"left": "toad", "right": "walks", "why": "It has not."}
    sources = [{"reference": "Brehm64"}, {"document": "field-guide", "section": "Calls"}]
    gaps = {"a": {"answers": ["frog"], "why": "It jumps."}, "b": {"answers": ["pond"], "why": "It is wet."}}
    before = {"pairs": [pair, other], "sources": sources, "gaps": gaps}
    after = {
        "pairs": [other, {**pair, "right": "leaps"}],
        "sources": sources[1:],
        "gaps": {**gaps, "a": {**gaps["a"], "answers": ["frog", "a frog"]}},
    }

    assert told(before, after) == [
        ("moved", ("pairs", 0)),
        ("changed", ("pairs", 1, "right")),
        ("removed", ("sources", 0, "reference")),
        ("added", ("gaps", "a", "answers", 1)),
    ]


def test_tags_are_told_one_by_one():
    assert difference(content(), content(tags=["L5", "skin", "legs"])) == [
        Change(("tags", 0), "moved", "2", "1"),
        Change(("tags", 1), "added", "", "skin"),
    ]


def test_an_added_list_is_told_field_by_field():
    assert told({}, {"options": [option("frog", True)]}) == [
        ("added", ("options", 0, "text")),
        ("added", ("options", 0, "correct")),
        ("added", ("options", 0, "why")),
    ]


def test_a_hundred_options_and_a_megabyte_are_compared_at_once():
    many = [option(f"{n} {'frog ' * 50}") for n in range(100)]
    before = content(options=many, stem="frog " * 200_000)
    after = content(options=many[::-1], stem="toad " * 200_000)
    start = time.perf_counter()

    changes = difference(before, after)
    runs = words(before["stem"], after["stem"])

    assert time.perf_counter() - start < 2
    assert {one.kind for one in changes} == {"changed", "moved"}
    assert [run.op for run in runs] == ["delete", "insert"]


# word by word


def test_words_are_told_in_runs():
    assert words("The frog jumps far.", "The toad jumps far.") == [
        Run("equal", "The "),
        Run("delete", "frog"),
        Run("insert", "toad"),
        Run("equal", " jumps far."),
    ]


def test_neighbouring_changes_are_one_run():
    assert words("a green frog", "one small frog") == [
        Run("delete", "a green"),
        Run("insert", "one small"),
        Run("equal", " frog"),
    ]


def test_roots_and_hyphens_are_words_and_not_letters():
    assert Run("delete", "L4-L5") in words("the L4-L5 disc", "the L5-S1 disc")


texts = st.lists(st.sampled_from(["frog", "toad", " ", "\n", ", ", "L5", "don't", "é", "🐸", "_"]), max_size=12).map(
    "".join
)


@given(texts | st.text(), texts | st.text())
def test_the_runs_make_up_both_texts(before: str, after: str):
    runs = words(before, after)

    assert "".join(run.text for run in runs if run.op != "insert") == before
    assert "".join(run.text for run in runs if run.op != "delete") == after
    assert all(run.text for run in runs)
    assert all(one.op != other.op for one, other in pairwise(runs))


# joining

names = st.sampled_from(["frog", "toad", "newt", "a green frog", "a grey toad", "heron", ""])
rows = st.fixed_dictionaries({"text": names}, optional={"correct": st.booleans(), "why": names})
fields = st.sampled_from(["stem", "vignette", "options", "tags", "gaps"])
values = names | st.lists(rows, max_size=5) | st.lists(names, max_size=4) | st.dictionaries(names, rows, max_size=3)
contents = st.dictionaries(fields, values | st.none() | st.booleans() | st.integers(0, 3), max_size=5)
option_lists = st.fixed_dictionaries({"options": st.lists(rows, max_size=6)})


@given(contents | option_lists)
def test_difference_law_nothing_from_itself(one: Content):
    assert difference(one, copy.deepcopy(one)) == []


@settings(max_examples=300)
@given(contents | option_lists, contents | option_lists)
def test_every_change_leads_to_a_field(before: Content, after: Content):
    for change in difference(before, after):
        here: Any = before if change.kind == "removed" else after
        for part in change.path:
            here = here[part]
        assert change.kind in ("added", "removed", "changed", "moved")
        assert (change.kind == "added") == (change.before == "")
        assert (change.kind == "removed") == (change.after == "")


@settings(max_examples=300)
@given(contents | option_lists, contents | option_lists)
def test_no_change_means_that_only_empty_fields_differ(before: Content, after: Content):
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {name: bare(one) for name, one in value.items()}
            return {name: one for name, one in kept.items() if one is not None} or None
        if isinstance(value, list):
            return [one for one in map(bare, value) if one is not None] or None
        return str(value).strip() or None if value is not None and value is not False else None

    if not difference(before, after):
        assert bare(before) == bare(after)


@given(contents | option_lists, contents | option_lists)
def test_whoever_changed_alone_is_followed(base: Content, changed: Content):
    assert merge(base, changed, base) == Merged(changed, [])
    assert merge(base, base, changed) == Merged(changed, [])
    assert merge(base, changed, changed) == Merged(changed, [])


@settings(max_examples=300)
@given(contents | option_lists, contents | option_lists, contents | option_lists)
def test_conflicts_lead_to_fields_and_nothing_given_is_changed(base: Content, mine: Content, theirs: Content):
    before = copy.deepcopy((base, mine, theirs))

    merged = merge(base, mine, theirs)

    assert (base, mine, theirs) == before
    for path in merged.conflicts:
        here: Any = merged.content
        for depth, part in enumerate(path):
            if isinstance(here, dict) and part not in here:
                assert depth == len(path) - 1  # I took the field out, they changed it
                break
            here = here[part]


@given(contents, st.data())
def test_changes_of_different_fields_go_together(base: Content, data: st.DataObject):
    mine, theirs = dict(base), dict(base)
    both = data.draw(st.lists(fields, unique=True, max_size=4))
    for place, name in enumerate(both):
        (mine if place % 2 else theirs)[name] = data.draw(values)

    merged, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert merged.conflicts == other.conflicts == []
    assert difference(merged.content, other.content) == []
    assert difference(merged.content, {**mine, **{name: theirs[name] for name in both[::2]}}) == []


@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=6, unique=True), st.data())
def test_changes_of_different_options_go_together(letters: list[str], data: st.DataObject):
    base = {"options": [option(letter * 12) for letter in letters]}
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    places = st.integers(0, len(letters) - 1)
    one, other = data.draw(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]))
    mine["options"][one]["why"] = "Mine is the reason."
    theirs["options"][other]["correct"] = True

    merged = merge(base, mine, theirs)

    assert merged == merge(base, theirs, mine)
    assert merged.conflicts == []
    assert merged.content["options"][one]["why"] == "Mine is the reason."
    assert merged.content["options"][other]["correct"] is True


def test_different_fields_of_one_option_go_together():
    mine, theirs = content(options=frog_options()), content(options=frog_options())
    mine["options"][1]["why"] = "It walks."
    theirs["options"][1]["text"] = "grey toad"

    merged = merge(content(), mine, theirs)

    assert merged.conflicts == []
    assert merged.content["options"][1] == {"text": "grey toad", "correct": False, "why": "It walks."}


def test_where_both_changed_the_same_mine_is_kept_and_told():
    mine, theirs = content(stem="Who jumps?"), content(stem="Who leaps?", takeaway="Frogs do.")
    mine["options"][0]["why"] = "Its legs are long."
    theirs["options"][0]["why"] = "It has long legs."

    merged = merge(content(), mine, theirs)

    assert merged.conflicts == [("stem",), ("options", 0, "why")]
    assert merged.content == {**mine, "takeaway": "Frogs do."}


def test_empty_fields_of_a_form_are_no_changes():
    base = content(options=[{"text": name, "why": name} for name in ("frog", "toad", "newt")])
    rows = [{"text": name, "correct": False, "why": name, "misconception": ""} for name in ("frog", "toad", "newt")]
    mine = {**base, "vignette": "", "options": [*rows, {"text": "", "why": ""}], "takeaway": "Frogs jump."}
    theirs = {**base, "vignette": "A walk.", "options": [{**base["options"][0], "correct": True}, base["options"][1]]}

    merged = merge(base, mine, theirs)

    assert merged.conflicts == []
    assert merged.content["vignette"] == "A walk."
    assert merged.content["takeaway"] == "Frogs jump."
    assert [one["text"] for one in merged.content["options"] if one["text"]] == ["frog", "toad"]
    assert merged.content["options"][0]["correct"] is True


def test_options_that_both_added_all_stay():
    mine, theirs = content(), content()
    mine["options"].append(option("heron"))
    theirs["options"].insert(0, option("mole"))

    merged = merge(content(), mine, theirs)

    assert merged.conflicts == []
    assert [one["text"] for one in merged.content["options"]] == ["mole", "frog", "toad", "newt", "heron"]


def test_options_added_at_the_same_place_stand_mine_first():
    mine, theirs = content(), content()
    mine["options"].append(option("heron"))
    theirs["options"].append(option("mole"))

    assert [one["text"] for one in merge(content(), mine, theirs).content["options"]][3:] == ["heron", "mole"]


def test_the_same_option_added_twice_is_one():
    mine, theirs = content(), content()
    mine["options"].append(option("heron"))
    theirs["options"].append({**option("Heron"), "text": "heron", "why": "It is a bird."})

    merged = merge(content(), mine, theirs)

    assert [one["text"] for one in merged.content["options"]] == ["frog", "toad", "newt", "heron"]
    assert merged.conflicts == [("options", 3, "why")]


def test_who_moved_the_options_has_the_say_on_their_order():
    frog, toad, newt = frog_options()
    moved = content(options=[newt, frog, toad])
    changed = content(options=[frog, toad, newt, option("heron")])

    for merged in (merge(content(), moved, changed), merge(content(), changed, moved)):
        assert merged.conflicts == []
        assert merged.content["options"][0]["text"] == "newt"
        assert {one["text"] for one in merged.content["options"]} == {"frog", "toad", "newt", "heron"}


def test_two_new_orders_are_told():
    frog, toad, newt = frog_options()
    mine, theirs = content(options=[newt, frog, toad]), content(options=[toad, frog, newt])

    merged = merge(content(), mine, theirs)

    assert merged == Merged(mine, [("options",)])


def test_an_option_that_i_took_out_and_they_changed_is_told():
    mine, theirs = content(options=frog_options()[:2]), content()
    theirs["options"][2]["why"] = "It has a tail."

    assert merge(content(), mine, theirs) == Merged(mine, [("options",)])
    assert merge(content(), theirs, mine) == Merged(theirs, [("options", 2)])


def test_tags_of_both_are_kept():
    merged = merge(content(), content(tags=["legs", "L5", "skin"]), content(tags=["L5"]))

    assert merged == Merged(content(tags=["L5", "skin"]), [])


def test_gaps_are_joined_by_name():
    gaps = {"a": {"answers": ["frog"]}, "b": {"answers": ["pond"]}}
    mine = {"gaps": {**gaps, "a": {"answers": ["frog", "a frog"]}}}
    theirs = {"gaps": {**gaps, "b": {"answers": ["pond"], "why": "It is wet."}}}

    assert merge({"gaps": gaps}, mine, theirs) == Merged({"gaps": {**mine["gaps"], "b": theirs["gaps"]["b"]}}, [])
