"""Built HTML pages, read with the standard library, as a tree that tests can ask questions of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_UNSEEN = frozenset(["script", "style", "template", "noscript"])


@dataclass(eq=False)
class Element:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """The element and every one below it, of the given tags if any are given."""
        if not tags or self.tag in tags:
            yield self
        for child in self.inside:
            if isinstance(child, Element):
                yield from child.all(*tags)

    def with_class(self, name: str) -> list[Element]:
        """The elements that have a class."""
        return [element for element in self.all() if name in element.classes]

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    @property
    def ancestors(self) -> Iterator[Element]:
        """The element, its parent, and so on."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def lang(self) -> str:
        """The language it is in, by its own word or that of whatever it is in."""
        return next((e.attributes["lang"] for e in self.ancestors if "lang" in e.attributes), "")

    @property
    def text(self) -> str:
        """The characters in it, whitespace folded."""
        return " ".join("".join(words for _, words in self.texts()).split())

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Every stretch of characters a reader may see, with the element it stands in."""
        if self.tag in _UNSEEN:
            return
        for child in self.inside:
            if isinstance(child, Element):
                yield from child.texts()
            else:
                yield self, child

    def has(self, *, tag: str = "", css: str = "") -> bool:
        """Whether it is, or is in, an element of that tag or class."""
        return any((tag and e.tag == tag) or (css and css in e.classes) for e in self.ancestors)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in _VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        opened = next((element for element in self.here.ancestors if element.tag == tag), None)
        if opened is not None and opened.parent is not None:
            self.here = opened.parent

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(element)
        return element


def read_html(text: str) -> Element:
    """The tree of a page; its root has no tag."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


def html_element(page: Element) -> Element:
    """The `<html>` of a page."""
    return next(page.all("html"))
