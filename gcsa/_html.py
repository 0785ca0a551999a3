"""HTML in which every text is escaped, because only what is made here counts as HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, *children: str | None, **attributes: str) -> Markup:
    """Return an element.

    Args:
        name: Its name, such as `'td'`.
        children: What is in it: `Markup` as it is, any other text escaped, None left out.
        attributes: Its attributes, such as `style='…'`; escaped.
    """
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*children: str | None) -> Markup:
    """Return pieces one after the other: `Markup` as it is, any other text escaped, None left out."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else escape(child)
            for child in children
            if child is not None
        )
    )


def link(address: str | None, *children: str | None) -> Markup:
    """Return a link to an address on the web; where it is none, what would have been linked."""
    try:
        leads_somewhere = address is not None and urlsplit(address).scheme in ("http", "https")
    except ValueError:
        leads_somewhere = False
    if address is None or not leads_somewhere:
        return joined(*children)
    return element("a", *children, href=address, target="_blank", rel="noopener noreferrer")
