"""From page records to Markdown: templates, which print finished words and escape everything else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefbook.drawing import draw
from briefbook.history import History
from briefbook.model.briefing import Briefing
from briefbook.pages import Follow, Outline, outlines
from briefbook.typesetting import typeset
from briefbook.views import addresses
from briefbook.views.blocks import ChartBlock, Picture, placeholder
from briefbook.views.cards import Card, cards_of
from briefbook.views.feeds import feeds_of
from briefbook.wording.language import Language
from briefbook.wording.markdown import Md, escape

_PLACE = re.compile(r'<sup class="bb-cite" id="(cite-\d+)">')
_WAY_BACK = re.compile(r" ?\[[^\[\]]*\]\(#(cite-\d+)\)\{[^{}\n]*\}")


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: its place from the top of the site, its Markdown, and what a host needs to know of it.

    In the Markdown each of `pictures` is still a placeholder; see `illustrated`. `alternates` gives the same page in
    every language of the site, this one included. `feed` is by which to follow what becomes of what it tells.
    """

    uri: str
    lang: str
    direction: str
    title: str
    description: str
    markdown: str
    alternates: Mapping[str, str]
    pictures: tuple[Picture, ...] = ()
    in_nav: bool = False
    searchable: bool = True
    feed: Follow | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A file beside the pages: its place from the top of the site, and its bytes."""

    uri: str
    content: bytes = field(repr=False)


def render(
    briefing: Briefing, languages: Mapping[str, Language], own_templates: Mapping[str, str] | None = None,
    history: History | None = None,
) -> Iterator[Page]:
    """Every page of the briefing. `own_templates` replace the package's, by file name."""
    environments = {code: _environment(language, own_templates or {}) for code, language in languages.items()}
    for outline in outlines(briefing, languages, history):
        yield _page(outline, environments[outline.lang], languages[outline.lang])


def assets(page: Page) -> Iterator[Asset]:
    """The files that belong to a page: the data of its charts."""
    for block in page.pictures:
        if isinstance(block, ChartBlock):
            yield Asset(block.data_uri, block.csv)


def shared_assets(
    briefing: Briefing, languages: Mapping[str, Language], history: History | None = None
) -> Iterator[Asset]:
    """The files that belong to no single page: in each language, the cards of the facts of each kind, and the feeds."""
    for code in briefing.languages:
        for kind, cards in cards_of(briefing, languages, code).items():
            yield Asset(addresses.cards_of(code, kind), _script(cards, languages[code]))
    for feed in feeds_of(history, languages) if history else ():
        yield Asset(feed.uri, feed.content)


def illustrated(page: Page, drawing: Callable[[Picture, Page], str] | None = None) -> str:
    """The page's Markdown for a host: set, and with its charts drawn in place, as SVG on one line each."""
    markdown = typeset(page.markdown, page.lang)
    for picture in page.pictures:
        svg = (drawing or drawn)(picture, page)
        markdown = markdown.replace(placeholder(picture.name), svg)
    return markdown


def drawn(picture: Picture, page: Page) -> str:
    """A drawing as SVG, worded and directed as its page."""
    return draw(
        picture.sketch(), title=picture.title, description=picture.description, lang=page.lang, direction=page.direction
    )


def front_matter(values: Mapping[str, object]) -> str:
    """A YAML front matter block."""
    body = yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{body}---\n\n"


def template_names() -> list[str]:
    """The templates that a site may replace."""
    return sorted(PackageLoader("briefbook").list_templates())


def _page(outline: Outline, environment: Environment, language: Language) -> Page:
    text = environment.get_template(outline.template).render(page=outline.record)
    return Page(
        outline.uri, outline.lang, language.direction, outline.title, outline.description, _tidy(_connected(text)),
        outline.alternates, outline.pictures, outline.in_nav, outline.searchable, outline.feed,
    )


def _environment(language: Language, own: Mapping[str, str]) -> Environment:
    """Strict about what is missing, and safe by default: what is not finished Markdown is escaped."""
    # Named as their site knows them, so that a mistake in one is told of that file.
    its_own = FunctionLoader(lambda name: (own[name], f"pages/{name}", None) if name in own else None)
    loaders: list[BaseLoader] = [its_own, PackageLoader("briefbook")]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders), undefined=StrictUndefined, finalize=_finished, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, auto_reload=False, autoescape=True,
    )
    environment.globals["label"] = lambda name: escape(language.labels[name])
    environment.filters["join"] = lambda items, between="": Md(str(between).join(_finished(item) for item in items))
    return environment


def _finished(value: object) -> str:
    """What to print for a value: finished Markdown as it is (macros give it too), anything else escaped."""
    if value is None:
        return Md("")
    return Md(str(value)) if hasattr(value, "__html__") else escape(str(value))


def _connected(text: str) -> str:
    """Without the ways from notes back to places that a site's own template left out."""
    places = set(_PLACE.findall(text))
    return _WAY_BACK.sub(lambda match: match[0] if match[1] in places else "", text)


def _script(cards: Mapping[str, Card], language: Language) -> bytes:
    """Cards as a script, which pages opened from a disk can load too. It only puts data down, under its own address."""
    head = _json({"lang": language.code, "dir": language.direction, "close": language.labels["close"]})
    rows = ",\n".join(f"{_json(id_)}: {_json(_row(card))}" for id_, card in sorted(cards.items()))
    data = f'{head.removesuffix("}")}, "cards": {{\n{rows}\n}}}}'
    return f"(window.briefbookCards ??= {{}})[document.currentScript.src] = {data};\n".encode()


def _row(card: Card) -> dict[str, object]:
    reading = {"reading": card.reading} if card.reading else {}
    return {"kind": card.kind, "name": card.name, **reading, "lines": [[line.role, line.words] for line in card.lines]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tidy(text: str) -> str:
    """At most one blank line at a stretch, no blanks at line ends, one newline at the end."""
    # Not splitlines(): there are characters that it takes for line ends, and Markdown does not.
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
