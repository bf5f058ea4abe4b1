"""Authors' text as HTML: paragraphs, lists, emphasis, and nothing else."""

import html
import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizlib.ui import prose


class Tags(HTMLParser):
    """Reads HTML as a browser does: the tags with their attributes, and the text between."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[object] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Comments count as tags here."""
        self.tags.add("!--")

    def handle_decl(self, decl: str) -> None:
        """Declarations count as tags here."""
        self.tags.add("!")


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='https://toad.example'>frog</a>",
    "[frog](https://toad.example)",
    "[frog](javascript:alert(1))",
    "![frog](https://toad.example/frog.png)",
    "<https://toad.example>",
    "[frog]: https://toad.example\n\n[frog]",
    "<style>*{display:none}</style>",
    "<!-- frog -->",
    "<!DOCTYPE html>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;b&#62;",
    "<svg/onload=alert(1)>",
    "<p onclick=alert(1)>frog",
    "*<b onmouseover=x>*",
    "1. <i class=toad>frog</i>",
    "`<b>`",
    "# frog",
    "> frog",
    "<br/>",
    "\\<b>",
    "<<b>b>",
    "<em style=color:red>",
]
htmlish = st.lists(
    st.sampled_from(
        [*ATTACKS, "<", ">", "&", '"', "'", "/", "*", "_", "**", "\n", "\n\n", "- ", "1. ", " ", "\\", "lt;"]
    )
    | st.text(max_size=6),
    max_size=10,
).map("".join)


@given(htmlish)
def test_no_tag_attribute_or_link_of_an_author_survives(text: str):
    block, line = Tags(prose.html(text)), Tags(prose.inline(text))

    assert block.tags <= {"p", "ul", "ol", "li", "em", "strong", "br"}
    assert line.tags <= {"em", "strong"}
    assert block.attributes == line.attributes == []


@pytest.mark.parametrize("text", ATTACKS)
def test_what_looks_like_a_tag_or_link_does_nothing(text: str):
    assert not Tags(prose.html(text)).tags - {"p", "ol", "li", "em"}
    assert "href" not in str(Tags(prose.html(text)).attributes)


@pytest.mark.parametrize(
    "text", ["<b>frog</b>", "a < b & c > d", "[frog](https://toad.example)", "<script>alert(1)</script>"]
)
def test_a_tag_in_a_text_shows_as_the_letters_it_is_made_of(text: str):
    assert Tags(prose.inline(text)).text == text
    assert Tags(prose.html(text)).text.strip() == text


@pytest.mark.parametrize(
    "text", ["<b>frog</b>", "[frog](https://toad.example)", "![frog](f.png)", "<https://toad.example>"]
)
def test_a_tag_or_link_beside_emphasis_shows_as_letters_too(text: str):
    assert Tags(prose.inline(f"*See* {text}")).text == f"See {text}"
    assert Tags(prose.html(f"*See* {text}")).text.strip() == f"See {text}"


def unbroken(source: str) -> str:
    """Leave out the line ends between tags, which nobody sees."""
    return re.sub(r">\n<|>\n$", lambda end: end[0].replace("\n", ""), source)


def test_emphasis_works():
    assert prose.inline("A *frog* is **no** toad.") == "A <em>frog</em> is <strong>no</strong> toad."
    assert unbroken(prose.html("A *frog*.")) == "<p>A <em>frog</em>.</p>"


def test_paragraphs_and_lists_work():
    assert unbroken(prose.html("Frog.\n\nToad.")) == "<p>Frog.</p><p>Toad.</p>"
    assert unbroken(prose.html("- frog\n- toad")) == "<ul><li>frog</li><li>toad</li></ul>"
    assert unbroken(prose.html("1. frog\n2. toad")) == "<ol><li>frog</li><li>toad</li></ol>"


def test_words_in_two_lines_stay_two_words():
    assert Tags(prose.html("green\nfrog")).text.split() == ["green", "frog"]
    assert Tags(prose.html("*green*\n*frog*")).text.split() == ["green", "frog"]


def as_seen(source: str) -> tuple[list[str], list[str]]:
    """Give the tags and words of HTML, in which a browser does not tell one blank from many."""
    return re.findall(r"<[^>]*>", source), re.sub(r"<[^>]*>", " ", source).split()


@given(st.text("frog<>\"'/.1-+)# \n", max_size=40))
def test_plain_text_looks_as_the_parser_would_have_it(text: str):
    assume(not re.search(r"^\s*([-+]|\d+[.)])\s*$", text, re.MULTILINE))  # a list of nothing
    block = nh3.clean(prose._MARKDOWN.render(text), tags=prose._TAGS, attributes={})
    line = nh3.clean(prose._MARKDOWN.renderInline(text), tags={"em", "strong"}, attributes={})

    assert as_seen(prose.html(text)) == as_seen(block)
    assert as_seen(prose.inline(text)) == as_seen(line)


def test_a_star_can_be_written():
    assert prose.inline(r"\*frog\*") == "*frog*"


def test_an_underscore_within_a_word_is_no_emphasis():
    assert prose.inline("tree_frog_green") == "tree_frog_green"


def test_no_text_is_nothing():
    assert prose.html("") == prose.inline("") == ""


@pytest.mark.parametrize("name", ["https://frog.example/sign-in", "www.frog.example", "frog@pond.example"])
def test_an_address_in_a_name_does_not_become_a_link(name: str):
    shown = prose.plain(name)

    assert not re.search(r"://|www\.|\w@", re.sub(r"\\(.)", r"\1", shown))
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u2060", "") == name


@pytest.mark.parametrize(
    "said", ["Too short\n===\nSay more", "R&amp;D", "a &lt;b&gt;", "1. one\n- two\n---", "![x](y)"]
)
def test_what_people_wrote_is_read_by_markdown_as_it_was_written(said: str):
    shown = MarkdownIt().render(prose.plain(said))

    assert html.unescape(re.sub(r"^<p>|</p>\n$", "", shown)) == said
