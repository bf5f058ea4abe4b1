"""Figures of a class as tables with links in them, which become cards on a narrow screen."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], name: str = "") -> str:
    """Give a table from cells that are HTML already; each says in which column it stands."""
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(f"<tr>{_row(head, cells)}</tr>" for cells in rows)
    return (
        f'<div class="figures-box"><table class="figures {name}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def link(page: str, label: str, **query: int | str) -> str:
    """Give a link to a page of the app."""
    return f'<a href="{page}?{escape(urlencode(query))}" target="_self">{escape(label)}</a>'


def small(text: str) -> str:
    """Give what stands small beside a figure."""
    return f" <small>{escape(text)}</small>" if text else ""


def _row(head: Sequence[str], cells: Sequence[str]) -> str:
    first, *others = cells
    return f'<th scope="row">{first}</th>' + "".join(
        f'<td data-label="{escape(label)}">{cell}</td>' for label, cell in zip(head[1:], others, strict=True)
    )
