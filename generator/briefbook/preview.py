"""What `serve` does when the site cannot be built: keeps the last good one, and shows on its pages what is wrong.

MkDocs alone ends if that happens at the start, and later lets readers wait until all is mended. Here a build that fails
leaves the site as it was; what is wrong is added to pages as they are sent and is never written into a site.
"""

from __future__ import annotations

import logging
import os
import shutil
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from wsgiref.util import FileWrapper

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import get_plugin_logger

from briefbook.overlay import FOLDER, Failure, failure_of, overlay, waiting
from briefbook.site import Site
from briefbook.wording.labels import BASE, load_labels
from briefbook.wording.language import Language, languages_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("briefbook")


class Preview:
    """One run of `serve`. `starting` until there is a server; `failure` is why the last build failed, if it did."""

    def __init__(self, *, dirty: bool) -> None:
        self.starting = True
        self.failure: Failure | None = None
        self.languages: Mapping[str, Language] = {}
        self._dirty = dirty
        self._has_site = True

    def speaks(self, codes: Sequence[str]) -> None:
        """The languages of the site, for as long as nothing more is known of them."""
        wanted = tuple(codes) or (BASE,)
        if wanted != tuple(self.languages):
            self.languages = languages_of(wanted, {code: load_labels(code)[0] for code in wanted})

    def read(self, site: Site) -> None:
        """A site that has been read: it knows its languages and its own words for them."""
        self.languages = site.languages or self.languages

    def stand_in(self, error: Exception, config: MkDocsConfig) -> MkDocsConfig:
        """Settings for a site of one page, to start the server with where the real one cannot be built."""
        self.failure, self._has_site = failure_of(error, (), _root(config)), False
        _tell(error)
        settings = MkDocsConfig()
        settings.load_dict(
            {
                "site_name": config.site_name,
                "site_url": config.site_url,
                "site_dir": config.site_dir,
                "docs_dir": config.docs_dir,
                "exclude_docs": "*",
                "plugins": [],
                "theme": {"name": None, "custom_dir": str(FOLDER), "static_templates": ["index.html"]},
                "extra": {"waiting": waiting(self.languages)},
            }
        )
        settings.validate()
        return settings

    def try_templates(self, config: MkDocsConfig) -> None:
        """Raise now what is wrong with the form of the site's own theme templates, not in the middle of a build."""
        own, environment = config.theme.custom_dir, config.theme.get_env()
        for path in sorted(Path(own).rglob("*.html")) if own else ():
            environment.get_template(path.relative_to(own or "").as_posix())

    def attend(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """From now on stand between the server and its builds, and between the server and its readers."""
        self.starting = False
        site, builder, root = Path(server.root), server.builder, _root(config)
        server.builder = lambda: self._build(builder, site, root)
        if app := server.get_app():
            server.set_app(lambda environ, start: self._answer(app, server.mount_path, environ, start))

    def _build(self, builder: Callable[[], None], site: Path, root: Path) -> None:
        """Build; a failure is told and remembered, and leaves the site as it was."""
        with _listening() as listener:
            try:
                with nullcontext() if self._dirty else _kept(site):
                    builder()
            except Exception as error:  # noqa: BLE001  # whatever it is, the author shall see it and the server live on
                self.failure = failure_of(error, listener.heard, root)
                _tell(error)
                log.error("the site was not built; its pages show what is wrong")  # noqa: TRY400  # it has been told
            else:
                self.failure, self._has_site = None, True

    def _answer(
        self, app: WSGIApplication, mount: str, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        reply = _asked(app, environ)
        # Asked for after the reply, which may have waited for a build.
        failure = self.failure
        if failure is not None and _is_for_a_page(environ):
            if reply.status.startswith("404"):
                reply = self._in_place_of(reply, app, mount, environ)
            if reply.is_page:
                language = self._language_of(environ, mount)
                reply = reply.with_added(overlay(failure, language, over_a_page=self._has_site))
        start(reply.status, reply.headers)
        return reply.body

    def _in_place_of(self, missing: _Reply, app: WSGIApplication, mount: str, environ: WSGIEnvironment) -> _Reply:
        """A page for an address that has none: asked for by its name, because only so it comes with live reload."""
        name = "404.html" if self._has_site else "index.html"
        reply = _asked(app, {**environ, "PATH_INFO": f"{mount}{name}".encode().decode("latin-1")})
        if not reply.is_page:
            return missing
        return replace(reply, status=missing.status) if self._has_site else reply

    def _language_of(self, environ: WSGIEnvironment, mount: str) -> Language:
        """That of the page, which its address starts with; else the first."""
        code = str(environ.get("PATH_INFO", "")).removeprefix(mount).partition("/")[0]
        return self.languages.get(code) or next(iter(self.languages.values()))


@dataclass(frozen=True, slots=True)
class _Reply:
    """What the server answers to one request."""

    status: str
    headers: list[tuple[str, str]]
    body: Iterable[bytes]

    @property
    def is_page(self) -> bool:
        return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in self.headers)

    def with_added(self, markup: str) -> _Reply:
        """The same with something more at the end of the page."""
        content = b"".join(self.body)
        if isinstance(self.body, FileWrapper):
            self.body.close()
        before, tag, after = content.rpartition(b"</body>")
        # Where there is no such tag, all is in the last part.
        parts = (before, markup.encode(), tag, after) if tag else (after, markup.encode())
        body = b"".join(parts)
        kept = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        return _Reply(self.status, [*kept, ("Content-Length", str(len(body)))], [body])


def _asked(app: WSGIApplication, environ: WSGIEnvironment) -> _Reply:
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
        said[:] = [status, headers]
        return lambda _: None

    body = app(environ, start)
    return _Reply(said[0], said[1], body)


def _is_for_a_page(environ: WSGIEnvironment) -> bool:
    """Whether an address is that of a page, and not of a picture or script in one."""
    return PurePosixPath(environ.get("PATH_INFO", "")).suffix in ("", ".html")


@contextmanager
def _kept(site: Path) -> Iterator[None]:
    """Put a site aside, and back into its place if what is done meanwhile fails."""
    shelf = site.with_name(f"{site.name}-last-good")
    try:
        os.rename(site, shelf)
    except OSError:  # as on systems where nobody may be reading from it; then it is built over
        yield
        return
    site.mkdir(mode=0o700)
    try:
        yield
    except BaseException:
        shutil.rmtree(site)
        os.rename(shelf, site)
        raise
    shutil.rmtree(shelf)


@contextmanager
def _listening() -> Iterator[_Listener]:
    """Hears what MkDocs and its plugins log as wrong meanwhile."""
    listener, logger = _Listener(), logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield listener
    finally:
        logger.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self._records.append(record)

    @property
    def heard(self) -> list[str]:
        """The errors; where there is none, as in a strict build, the warnings."""
        errors = [record for record in self._records if record.levelno >= logging.ERROR]
        return [record.getMessage() for record in errors or self._records]


def _tell(error: Exception) -> None:
    """Say on the terminal why a build failed, as MkDocs would."""
    if isinstance(error, MkDocsException):
        log.error(str(error))
    else:
        log.error("".join(traceback.format_exception(error)).rstrip())


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent
