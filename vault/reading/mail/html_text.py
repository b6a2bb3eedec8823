"""HTML to plain text: what a reader would see, and which host each link leads to. Nothing is fetched or run."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

LONGEST_PAGE = 2_000_000
"""Characters of HTML that are looked at."""
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe"})
# What stands where an element begins and ends; behind the signs of a list and of a cell nothing does.
_BREAKS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"), "\n\n"),
        **dict.fromkeys(("address", "article", "blockquote", "br", "div", "dd", "dt", "footer", "form", "header", "hr", "pre",
                         "section", "tr"), "\n"),
        "li": "\n- ",
        "td": " ",
        "th": " ",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all", re.I)
_MARKUP = re.compile(
    r"<(?:html|body|head|div|p|br|table|tr|td|span|a|ul|li|h[1-6]|b|strong|font)\b[^<>]{0,2000}>", re.I
)
_ENOUGH_MARKUP = 3


def looks_like_html(text: str) -> bool:
    """Whether a text is the source of a page rather than what one reads on it."""
    marks = _MARKUP.finditer(text[:LONGEST_PAGE])
    return sum(1 for _, _ in zip(range(_ENOUGH_MARKUP), marks, strict=False)) == _ENOUGH_MARKUP


def text_of_html(source: str) -> str:
    """The visible text, paragraph by paragraph. A link is followed by the host it leads to: ``here <amazon.de>``."""
    target: Any = _Reader()
    parser = etree.HTMLParser(target=target, no_network=True, recover=True)
    parser.feed(source[:LONGEST_PAGE] or " ")
    return str(parser.close())


class _Reader:
    """What the parser tells, element by element; it closes what the page leaves open."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._hidden = 0  # how many elements deep in one that nobody sees
        self._hosts: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        is_unseen = tag in _UNSEEN or "hidden" in attributes or _HIDDEN.search(attributes.get("style", ""))
        if self._hidden or is_unseen:
            self._hidden += 1
            return
        self._written.append(_BREAKS.get(tag, ""))
        if tag == "a":
            self._hosts.append(_host(attributes.get("href", "")))

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        if tag == "a" and self._hosts and (host := self._hosts.pop()):
            self._written.append(f" <{host}>")
        if tag not in ("li", "td", "th", "br"):
            self._written.append(_BREAKS.get(tag, ""))

    def data(self, data: str) -> None:
        if not self._hidden:
            self._written.append(re.sub(r"\s+", " ", data))

    def close(self) -> str:
        lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(self._written).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _host(address: str) -> str:
    """The host of a web address, in ASCII as it is asked for; empty for any other."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname if parts.scheme.lower() in ("http", "https") else None
        return host.encode("idna").decode()[:200] if host else ""
    except (ValueError, UnicodeError):
        return ""
