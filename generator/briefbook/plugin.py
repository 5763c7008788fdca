"""The MkDocs plugin: a door through which MkDocs gets a briefing's pages, and nothing more."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from briefbook.catalogue import UnknownCode, prefixes
from briefbook.chartcache import ChartCache
from briefbook.diagnostics import Diagnostic, Severity, as_text, printable
from briefbook.editions import EditionError
from briefbook.host import MARKDOWN_EXTENSIONS, SCRIPTS, STYLE_SHEETS, inert, interface_file
from briefbook.marking import marked
from briefbook.model.text import is_language
from briefbook.navigation import as_config, split
from briefbook.overlay import BrokenError
from briefbook.preview import Preview
from briefbook.publishing import placeholders
from briefbook.rendering import Page, assets, front_matter, illustrated
from briefbook.schemafile import renew_schema
from briefbook.search import split_index, split_sitemap, without_sitemaps
from briefbook.showing import WISH, Showing, WishError, shown
from briefbook.site import Settings, Site, open_site
from briefbook.typesetting import typeset_name
from briefbook.views import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("briefbook")
# A name in the header, in the navigation or in the table of contents.
_NAME = re.compile(r'(<span class="md-ellipsis">\s*)([^<>]*[^<>\s])')


class BriefbookConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """The options under `plugins: - briefbook:` in mkdocs.yml. Paths are relative to that file."""

    languages = c.ListOfItems(c.Type(str), default=["en"])
    facts = c.Type(str, default="content/facts")
    cache_dir = c.Type(str, default=".cache/briefbook")
    ignore = c.ListOfItems(c.Type(str), default=[])
    archive = c.Type(bool, default=False)


class BriefbookPlugin(BasePlugin[BriefbookConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adds a briefing's pages to MkDocs, one tree for each language, in one build."""

    preview: Preview | None = None
    server: LiveReloadServer | None = None
    # For facts that lie nowhere as they are shown. It goes with the plugin.
    scratch: TemporaryDirectory[str] | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Under `serve` outlive errors. MkDocs keeps plugins that have this hook from build to build."""
        self.preview = Preview(dirty=dirty) if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the facts before MkDocs touches the old site; stop here if they have errors."""
        if self.preview is None:
            return self._made_ready(config)
        self.preview.speaks(self.config.languages)
        self._watch(config)
        try:
            return self._made_ready(config)
        except Exception as error:
            # What ends a later build is caught around that build; only the first would take the server along.
            if not self.preview.starting or config.strict:
                raise
            return self.preview.stand_in(error, config)

    def _made_ready(self, config: MkDocsConfig) -> MkDocsConfig:
        self.site = self._opened(config)
        if self.preview:
            self.preview.read(self.site)
        if not self.showing:
            renew_schema(self.site.settings.facts, self.site.reading)
        _report(self.site)
        self.cache = ChartCache(self.site.settings.cache)
        self.pages = self._made()
        if not config.use_directory_urls:
            raise PluginError("briefbook needs use_directory_urls: true, which links in charts and moved pages rest on")
        log.info("%d facts read, %d pages written", len(self.site.briefing.facts), len(self.pages))
        _prepare(config, self.site)
        if self.preview and self.preview.starting:
            self.preview.try_templates(config)
        return config

    def _opened(self, config: MkDocsConfig) -> Site:
        """The site, or in its place what is wished to be shown."""
        settings, wish = settings_of(config, self.config), WISH.get()
        self.showing: Showing | None = None
        if wish is None or not (wish.edition or wish.as_of):
            return open_site(settings, freezing=wish.freezing if wish else None)
        try:
            # What MkDocs calls the address of a preview is that of the preview.
            here = replace(settings, address="") if self.preview else settings
            settings, self.showing = shown(here, wish, self._scratch())
        except WishError as error:
            raise PluginError(str(error)) from error
        config.docs_dir = str(settings.pages)
        if not self.preview:
            config.site_url = settings.address
        return open_site(settings, self.showing.day, judged=False)

    def _scratch(self) -> Path:
        self.scratch = self.scratch or TemporaryDirectory(prefix="briefbook-", ignore_cleanup_errors=True)
        return Path(self.scratch.name)

    def _made(self) -> dict[str, Page]:
        """Every page by its place; those that differ are marked, if it is wished to compare.

        Raises, once all is logged, where an edition is whole but cannot be read.
        """
        wish = WISH.get()
        try:
            pages = marked(self.site, wish.compare, self.site.pages) if wish and wish.compare else self.site.pages
        except WishError as error:
            raise PluginError(str(error)) from error
        except EditionError as error:
            for diagnostic in error.diagnostics:
                log.error(as_text(diagnostic, self.site.line_of))  # noqa: TRY400  # it has been told
            self.site.diagnostics += error.diagnostics
            raise BrokenError("an edition cannot be read; the site was left as it was", self.site) from error
        return {page.uri: page for page in pages}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put our pages in, and keep the workshop out of the published site."""
        for file in [f for f in files if _is_workshop(f, config)]:
            files.remove(file)
        for page in self.pages.values():
            if old := files.get_file_from_path(page.uri):
                files.remove(old)
            files.append(self._file(page, config))
            for asset in assets(page):
                files.append(File.generated(config, asset.uri, content=asset.content))
        for asset in [*self.site.assets, *placeholders(self.site)]:
            files.append(File.generated(config, asset.uri, content=asset.content))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Split the navigation by language."""
        homes = {code: addresses.home(code) for code in self.site.languages}
        self.navs = split(nav, files, homes)
        self.files = files
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """What our theme overlay needs on pages that are not ours, such as the 404 page."""
        env.globals["briefbook"] = {
            "languages": [
                {
                    "code": code, "name": language.own_name, "direction": language.direction,
                    "home": self._url(addresses.home(code)), "title": language.labels["not-found.title"],
                    "text": language.labels["not-found.text"],
                }
                for code, language in self.site.languages.items()
            ]
        }
        config.extra["alternate"] = self._alternates(addresses.FRONT, None, config)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: HostPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give each page its language's navigation, search and counterparts."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None:
            return context
        context["nav"] = self.navs[ours.lang]
        self._speak(ours.lang, config)
        self._light_up(ours)
        config.extra["alternate"] = self._alternates(ours.uri, ours, config)
        context["counterparts"] = self._counterparts(ours, page)  # type: ignore[typeddict-unknown-key]  # for our partials
        if ours.feed:
            feed = {"href": addresses.file_relative(ours.feed.uri, ours.uri), "title": ours.feed.title}
            context["feed"] = feed  # type: ignore[typeddict-unknown-key]  # for our theme
        # Material looks for its search index, and for nothing else of ours, below `base_url`; its settings
        # (light or dark) must stay the same in all languages, so their scope keeps the real one.
        config.extra["scope"] = context["base_url"]
        context["base_url"] = f"{context['base_url']}/{ours.lang}/"
        if self.showing:
            notice = self.showing.notice(ours.uri, self.site.languages[ours.lang])
            context["edition"] = notice  # type: ignore[typeddict-unknown-key]  # for our theme
            page.canonical_url = notice.now
        return context


    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Set the names in the host's navigation, once nothing but readers' eyes will meet them any more."""
        ours = self.pages.get(page.file.src_uri)
        return _NAME.sub(lambda name: name[1] + typeset_name(name[2], ours.lang), output) if ours else output

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the page for missing addresses a navigation that readers know: that of the first language."""
        if template_name == "404.html":
            context["nav"] = self.navs[next(iter(self.site.languages))]
        return context

    @event_priority(-100)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Give each language a search index of its own."""
        split_index(Path(config.site_dir), self.site.languages)
        if self.showing:
            without_sitemaps(Path(config.site_dir))
        else:
            split_sitemap(Path(config.site_dir), self.site.languages)

    @event_priority(-100)  # other plugins may still name the builder that MkDocs gave the server
    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Rebuild when a fact, a template or a label changes, not only when a page does; show errors on the pages."""
        self.server, self.watched = server, set[str]()
        self._watch(config)
        if self.preview:
            self.preview.attend(server, config)
        return server

    def on_shutdown(self) -> None:
        """Forget the server."""
        self.preview = self.server = None

    def _watch(self, config: MkDocsConfig) -> None:
        """Have the server, once there is one, watch the folders that the settings name now."""
        for path in (_beside(config, self.config.facts), config.theme.custom_dir):
            if self.server and path and os.path.isdir(path) and path not in self.watched:
                self.server.watch(path)
                self.watched.add(path)

    def _file(self, page: Page, config: MkDocsConfig) -> File:
        meta: dict[str, object] = {"description": inert(page.description), "lang": page.lang}
        if page.uri != addresses.FRONT:  # where the site's name is the title
            meta["title"] = inert(page.title)
        meta |= {"direction": page.direction, "interface": interface_file(page.lang)}
        if not page.searchable:
            meta["search"] = {"exclude": True}
        text = front_matter(meta) + illustrated(page, self.cache.drawn)
        # Fact pages stay out of the navigation tree: with thousands of them in it, every page would carry them all.
        level = InclusionLevel.UNDEFINED if page.in_nav else InclusionLevel.NOT_IN_NAV
        return File.generated(config, page.uri, content=text, inclusion=level)

    def _url(self, uri: str) -> str:
        file = self.files.get_file_from_path(uri)
        return file.url if file else ""

    def _counterparts(self, ours: Page, page: HostPage) -> list[dict[str, str]]:
        """The same page in every language, for the language switch; the state of play where there is none."""
        rows = []
        for code, language in self.site.languages.items():
            target = self._url(ours.alternates.get(code, addresses.home(code)))
            rows.append({"lang": code, "name": language.own_name, "link": get_relative_url(target, page.url)})
        return rows

    def _alternates(self, uri: str, ours: Page | None, config: MkDocsConfig) -> list[dict[str, str]]:
        """The same page in every language, for search engines: absolute where the site's address is known."""
        targets: Mapping[str, str] = (
            ours.alternates if ours else {code: addresses.home(code) for code in self.site.languages}
        )
        rows = [
            {"lang": code, "name": self.site.languages[code].own_name, "link": self._absolute(target, config)}
            for code, target in targets.items()
        ]
        if uri == addresses.FRONT or uri in {addresses.home(code) for code in self.site.languages}:
            rows.append({"lang": "x-default", "name": "", "link": self._absolute(addresses.FRONT, config)})
        return rows

    def _absolute(self, uri: str, config: MkDocsConfig) -> str:
        return urljoin(config.site_url, self._url(uri)) if config.site_url else self._url(uri)

    def _speak(self, code: str, config: MkDocsConfig) -> None:
        """Say in the page's language what MkDocs knows in one language only: the site's name, the light switch."""
        desk_words = self.site.languages[code].labels
        config.site_name = inert(self.site.title(code))
        palette = config.theme.get("palette")
        options = palette if isinstance(palette, list) else []
        for option, following in zip(options, [*options[1:], *options[:1]], strict=True):
            if "toggle" in option:
                # The switch says what it leads to.
                option["toggle"]["name"] = desk_words[f"palette.{_brightness(following)}"]

    def _light_up(self, ours: Page) -> None:
        """Show in the navigation which list a fact page belongs to."""
        pages = self.navs[ours.lang].pages
        shown = [item for item in pages if _leads_to(item.file.src_uri, ours.uri)]
        # Those that are not come first: an entry takes its section along, in both ways.
        for item in [*(item for item in pages if item not in shown), *shown]:
            item.active = item in shown


def _leads_to(entry: str, uri: str) -> bool:
    """Whether an entry of the navigation is a page itself or lists it."""
    folder = entry.removesuffix("index.md")
    return entry == uri or (folder.count("/") > 1 and uri.startswith(folder))


def _brightness(option: Mapping[str, str]) -> str:
    """Whether an entry of the palette is light or dark, or as the reader's system is at any time."""
    if option.get("media") == "(prefers-color-scheme)":
        return "system"
    return "light" if option.get("scheme", "default") == "default" else "dark"


def settings_of(config: MkDocsConfig, options: BriefbookConfig) -> Settings:
    """Where the site lies, from mkdocs.yml."""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    custom = config.theme.custom_dir
    return Settings(
        root, _languages(options.languages), _facts(root, _beside(config, options.facts)), Path(config.docs_dir),
        Path(_beside(config, options.cache_dir)), Path(custom) if custom else None, _ignored(options.ignore),
        config.site_url or "", options.archive,
    )


def _languages(codes: list[str]) -> tuple[str, ...]:
    """Folders and tables of words are named by them."""
    if not codes:
        raise PluginError("plugins: briefbook: languages: name at least one, such as: languages: [en]")
    for code in codes:
        if not is_language(code):
            raise PluginError(f"plugins: briefbook: languages: “{printable(code[:50])}” is not a language code; write en, ja, pt-BR")
        if codes.count(code) > 1:
            raise PluginError(f"plugins: briefbook: languages: “{code}” is named twice")
    return tuple(codes)


def _facts(root: Path, path: str) -> Path:
    if "\0" in path:
        raise PluginError("plugins: briefbook: facts: no folder has such a name")
    if root.is_relative_to(os.path.realpath(path)):
        raise PluginError("plugins: briefbook: facts: give the facts a folder of their own, such as content/facts")
    return Path(path)


def _ignored(codes: list[str]) -> tuple[str, ...]:
    try:
        return prefixes(codes)
    except UnknownCode as error:
        raise PluginError(f"plugins: briefbook: ignore: {error}") from error


def _beside(config: MkDocsConfig, path: str) -> str:
    return os.path.join(os.path.dirname(os.path.abspath(config.config_file_path or "mkdocs.yml")), path)


def _report(site: Site) -> None:
    """Log every finding; MkDocs counts the warnings for --strict. Raises once all errors have been shown."""
    for diagnostic in site.diagnostics:
        if diagnostic.severity is Severity.WARNING:
            log.warning(as_text(diagnostic, site.line_of))
    _stop_on_errors(site, "facts")


def _stop_on_errors(site: Site, what: str) -> None:
    """Log every error. Raises if there is any."""
    errors: list[Diagnostic] = [d for d in site.diagnostics if d.severity is Severity.ERROR]
    for diagnostic in errors:
        log.error(as_text(diagnostic, site.line_of))
    if errors:
        raise BrokenError(f"the {what} have {len(errors)} error{'s' if len(errors) > 1 else ''}; the site was left as it was", site)


def _prepare(config: MkDocsConfig, site: Site) -> None:
    """Set MkDocs up for a briefing: our overlay under the site's own, the Markdown our pages are written in, the nav."""
    overlay = str(package_files("briefbook") / "theme")
    own = 1 if config.theme.custom_dir else 0
    if overlay not in config.theme.dirs:
        config.theme.dirs.insert(own, overlay)
    for name in MARKDOWN_EXTENSIONS:
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
    config.nav = as_config({code: site.navigation(code) for code in site.languages})
    config.extra_css = [*STYLE_SHEETS, *config.extra_css]
    config.extra_javascript = [*SCRIPTS, *config.extra_javascript]
    config.extra.setdefault("generator", False)
    config.extra["homepage"] = None


def _is_workshop(file: File, config: MkDocsConfig) -> bool:
    """Labels and templates of the theme's custom_dir are for us, not for readers."""
    from_theme = file.src_dir is not None and file.src_dir != config.docs_dir
    return from_theme and file.src_uri.startswith(("labels/", "pages/"))
