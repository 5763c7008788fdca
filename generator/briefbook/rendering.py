"""From page records to Markdown: templates, which print finished words and escape everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefbook.drawing import draw
from briefbook.model.briefing import Briefing
from briefbook.pages import Outline, outlines
from briefbook.views.blocks import ChartBlock, placeholder
from briefbook.wording.language import Language
from briefbook.wording.markdown import Md, escape


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: its place from the top of the site, its Markdown, and what a host needs to know of it.

    In the Markdown each of `charts` is still a placeholder; see `illustrated`. `alternates` gives the same page in
    every language of the site, this one included.
    """

    uri: str
    lang: str
    direction: str
    title: str
    description: str
    markdown: str
    alternates: Mapping[str, str]
    charts: tuple[ChartBlock, ...] = ()
    in_nav: bool = False
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class Asset:
    """A file beside the pages: its place from the top of the site, and its bytes."""

    uri: str
    content: bytes = field(repr=False)


def render(
    briefing: Briefing, languages: Mapping[str, Language], own_templates: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Every page of the briefing. `own_templates` replace the package's, by file name."""
    environments = {code: _environment(language, own_templates or {}) for code, language in languages.items()}
    for outline in outlines(briefing, languages):
        yield _page(outline, environments[outline.lang], languages[outline.lang])


def assets(page: Page) -> Iterator[Asset]:
    """The files that belong to a page: the data of its charts."""
    for block in page.charts:
        yield Asset(block.data_uri, block.csv)


def illustrated(page: Page, drawing: Callable[[ChartBlock, Page], str] | None = None) -> str:
    """The page's Markdown with its charts drawn in place, as SVG on one line each."""
    markdown = page.markdown
    for block in page.charts:
        svg = (drawing or drawn)(block, page)
        markdown = markdown.replace(placeholder(block.name), svg)
    return markdown


def drawn(block: ChartBlock, page: Page) -> str:
    """A chart as SVG, worded and directed as its page."""
    return draw(
        block.sketch(), title=block.title, description=block.description, lang=page.lang, direction=page.direction
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
        outline.uri, outline.lang, language.direction, outline.title, outline.description, _tidy(text),
        outline.alternates, outline.charts, outline.in_nav, outline.searchable,
    )


def _environment(language: Language, own: Mapping[str, str]) -> Environment:
    """Strict about what is missing, and safe by default: what is not finished Markdown is escaped."""
    loaders: list[BaseLoader] = [DictLoader(dict(own)), PackageLoader("briefbook")]
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


def _tidy(text: str) -> str:
    """At most one blank line at a stretch, no blanks at line ends, one newline at the end."""
    # Not splitlines(): there are characters that it takes for line ends, and Markdown does not.
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
