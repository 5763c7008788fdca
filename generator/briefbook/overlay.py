"""What an author sees in the preview when the site cannot be built: everything that is wrong, laid over the page.

Only words and markup; `preview` decides when they are shown, and no built site ever holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup
from mkdocs.exceptions import MkDocsException, PluginError
from yaml import MarkedYAMLError

from briefbook.diagnostics import Diagnostic, Excerpt, LineOf, Place, Severity, excerpt_of, excerpts, printable
from briefbook.site import Site
from briefbook.wording.language import Language

FOLDER = files("briefbook") / "overlay_theme"
# A page of more would be slow to load, and nobody mends so many between two looks.
MOST = 200


class BrokenError(PluginError):
    """The facts have errors; the site that was read, with every finding, comes along."""

    def __init__(self, message: str, site: Site) -> None:
        super().__init__(message)
        self.site = site


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, ready to be shown; what is not known is empty. `exact` is whether the very spot is known."""

    message: str
    place: str = ""
    code: str = ""
    hint: str = ""
    excerpt: Excerpt | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a site could not be built. Each has a `mark` of its own, so that a page can tell it from the one before."""

    errors: Sequence[Trouble]
    warnings: Sequence[Trouble] = ()
    mark: str = field(default_factory=lambda: uuid4().hex)


def failure_of(error: BaseException, logged: Sequence[str], root: Path) -> Failure:
    """What a build that ended with `error` has to say; `logged` is what was logged as wrong, `root` the site's folder."""
    chain = list(_behind(error))
    for one in chain:
        if isinstance(one, BrokenError):
            return _findings(one.site)
    for one in chain:
        if trouble := _in_a_file(one, root):
            return Failure([trouble])
    if isinstance(error, MkDocsException):
        return Failure([Trouble(_lines(words)) for words in logged] or [Trouble(_lines(str(error)))])
    return Failure([Trouble(_lines(f"{type(error).__name__}: {error}"))])


def overlay(failure: Failure, language: Language, *, over_a_page: bool) -> str:
    """The markup to add to a page in `language`. `over_a_page` says whether there is anything worth reading beneath."""
    words = language.labels.under("preview")
    left = max(len(failure.errors), len(failure.warnings)) > MOST
    return (
        _environment()
        .get_template("overlay.html")
        .render(
            failure=failure,
            language=language,
            words=words,
            most=MOST,
            style=_part("overlay.css"),
            script=_part("overlay.js"),
            errors=language.count("errors", len(failure.errors)),
            warnings=language.count("warnings", len(failure.warnings)),
            state=words["beneath" if over_a_page else "waiting"],
            close=words["close"] if over_a_page else language.labels["close"],
            more=language.labels.fill("preview.more", shown=language.number(MOST)) if left else "",
        )
    )


def waiting(languages: Mapping[str, Language]) -> list[dict[str, str]]:
    """What the page says that stands in for a site of which there is no good build yet, in each language."""
    return [
        {
            "code": code,
            "direction": language.direction,
            "title": language.labels["preview.title"],
            "text": language.labels["preview.waiting"],
        }
        for code, language in languages.items()
    ]


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _findings(site: Site) -> Failure:
    told = {
        severity: [_told(d, site.line_of) for d in site.diagnostics if d.severity is severity] for severity in Severity
    }
    return Failure(told[Severity.ERROR], told[Severity.WARNING])


def _told(diagnostic: Diagnostic, line_of: LineOf) -> Trouble:
    place = diagnostic.place
    return Trouble(
        printable(diagnostic.message),
        printable(str(place)),
        diagnostic.code,
        printable(diagnostic.hint or ""),
        excerpt_of(place, line_of(place)),
    )


def _in_a_file(error: BaseException, root: Path) -> Trouble | None:
    """An error that says itself in which line of a settings file or template it is; None for any other."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        place = Place(_named(mark.name, root), mark.line + 1, mark.column + 1)
        return Trouble(_lines(error.problem or ""), printable(str(place)), excerpt=_excerpt(mark.name, place))
    if isinstance(error, TemplateSyntaxError):
        return _in_a_template(error.message or "", error.filename or error.name or "", error.lineno, root, error.source)
    spots = list(_lines_of_templates(error))
    return _in_a_template(f"{type(error).__name__}: {error}", *spots[-1], root) if spots else None


def _in_a_template(message: str, file: str, line: int, root: Path, text: str | None = None) -> Trouble:
    """Of templates only the line is known."""
    place = Place(_named(file, root), line)
    shown = printable(f"{place.file}:{line}")
    return Trouble(_lines(message), shown, excerpt=_excerpt(file, place, text), exact=False)


def _excerpt(file: str, place: Place, text: str | None = None) -> Excerpt | None:
    line_of = excerpts(lambda _: text if text is not None else _text_of(Path(file)))
    return excerpt_of(place, line_of(place))


def _lines_of_templates(error: BaseException) -> Iterator[tuple[str, int]]:
    """The lines of templates on the way to an error, outermost first. Jinja gives each a frame and marks it."""
    step = error.__traceback__
    while step is not None:
        known = step.tb_frame.f_globals
        if "__jinja_exception__" in known:
            yield str(known["__file__"]), step.tb_lineno
        step = step.tb_next


def _named(file: str, root: Path) -> str:
    """A file as people know it: from the site's folder, or the last of its name where it lies elsewhere."""
    path = Path(file)
    if not path.is_absolute():
        return path.as_posix()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return None


def _lines(text: str) -> str:
    """Text of several lines, each made printable."""
    return "\n".join(printable(line) for line in text.strip().splitlines())


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("briefbook", FOLDER.name),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _part(name: str) -> Markup:
    return Markup((FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704  # our own file
