"""Authors' text as safe HTML: paragraphs, lists, emphasis, and nothing else."""

import html as escaping
import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

# a word joiner: it has no width, and what was an address is none any more
_JOINER = "\u2060"
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "br"}
_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "list", "escape", "newline", "entity"])
# What the rules above could give a meaning to. Most prose has none of it and needs no parser.
_MARKED = re.compile(r"[*_\\&]|^\s*(?:[-+]|\d+[.)])\s|^ {4}|  $", re.MULTILINE)


@lru_cache(maxsize=8192)
def html(text: str) -> str:
    """Render text; a tag in it shows as the letters it is made of, links and pictures do not exist."""
    if _MARKED.search(text):
        return nh3.clean(_MARKDOWN.render(text), tags=_TAGS, attributes={})
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{escaping.escape(part, quote=False)}</p>" for part in paragraphs)


@lru_cache(maxsize=8192)
def inline(text: str) -> str:
    """Render one line, emphasis only."""
    if _MARKED.search(text):
        return nh3.clean(_MARKDOWN.renderInline(text), tags={"em", "strong"}, attributes={})
    return escaping.escape(text, quote=False)


def plain(text: str) -> str:
    """Escape what people wrote, such as a name, for a place where Markdown is read; no address in it becomes a link."""
    for start in ("://", "www.", "@"):
        text = text.replace(start, f"{start[:-1]}{_JOINER}{start[-1]}")
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|<>~:$=&" else letter for letter in text)


def short(text: str, longest: int = 110) -> str:
    """Give what authors wrote in one line, without emphasis, and no longer than a title may be."""
    flat = " ".join(text.replace("*", "").split())
    return flat if len(flat) <= longest else flat[: longest - 1].rsplit(" ", 1)[0] + " …"
