"""The command `briefbook`: check, explain, build, serve, new, export and the others. A door: every decision is made elsewhere."""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefbook import __version__, catalogue
from briefbook.coverage import as_data, as_lines, coverage_of
from briefbook.diagnostics import (
    Diagnostic,
    as_github,
    as_json,
    as_report,
    as_text,
    chosen,
    has_errors,
    summary,
)
from briefbook.fixing import fix_files, offered
from briefbook.sarif import as_sarif
from briefbook.site import Settings, Site, keeping_everything, open_site, today

if TYPE_CHECKING:
    from briefbook.editions import Manifest

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="briefbook")
def main() -> None:
    """A briefing book as data: facts in YAML become a multilingual site with sources and charts."""
    # Material prints a notice about MkDocs 2, which we neither use nor allow.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def site_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--config FILE`, on every command that works on a site."""
    return click.option(
        "-f", "--config", "config_file", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
        help="The site's mkdocs.yml.",
    )(command)


@main.command()
@site_option
@click.option("--format", "style", type=click.Choice(["text", "json", "github", "sarif"]), default="text", show_default=True)
@click.option("--select", multiple=True, metavar="CODES", help="Only findings whose code starts so, as N1,W207. Repeatable.")
@click.option("--ignore", multiple=True, metavar="CODES", help="No findings whose code starts so. Of both, the longer counts.")
@click.option("--advice", is_flag=True, help="Show advice too: what is no fault, but worth a look.")
@click.option("--max", "most", type=click.IntRange(min=0), default=100, show_default=True, help="Print at most so many; 0: all.")
@click.option("--fix", is_flag=True, help="Mend in the files what has only one right form; comments and layout stay.")
@keeping_everything()
def check(
    config_file: Path, style: str, select: tuple[str, ...], ignore: tuple[str, ...], advice: bool, most: int, fix: bool
) -> None:
    """Check all facts. Exit status 0: clean, or warnings only; 1: errors; 2: wrong use."""
    settings, _ = _settings(config_file)
    wanted = _wanted(select, ignore)
    if fix:
        mended = fix_files(lambda: _read_for_fixing(settings, advice=advice), settings.root, wanted)
        _say(str(mended))
        for failure in mended.failed:
            _say(f"error: {failure}")
    site = open_site(settings, advice=advice)
    found = offered(wanted(site.diagnostics), site.reading.texts)
    click.echo(_printed(found, site, style, most), nl=False)
    if style == "text":
        _say(f"{_counts(site)}: {summary(found)}.")
    gc.freeze()  # nor at the end of the process, which is now
    sys.exit(1 if has_errors(found) or (fix and mended.failed) else 0)


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a code that `check` prints, with a wrong and a right example; without CODE, list them all."""
    width = min(shutil.get_terminal_size().columns, 100)
    try:
        click.echo(catalogue.explain(code, width) if code else catalogue.explain_all())
    except catalogue.UnknownCode as error:
        raise click.UsageError(str(error)) from error


@main.command()
@site_option
@click.option("--format", "style", type=click.Choice(["text", "markdown"]), default="text", show_default=True, help="markdown is for an issue.")
@click.option("--date", "when", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As of this day.  [default: today in UTC, or SOURCE_DATE_EPOCH]")
def stale(config_file: Path, style: str, when: datetime | None) -> None:
    """Show what has become stale though nobody touched it: facts not looked at for long, plans whose day has passed,
    translations that are behind. Nothing is looked up elsewhere. Exit status 0: nothing; 1: something; 2: wrong use.
    """
    from briefbook.stale import as_lines, as_markdown, stale_on

    found = stale_on(_settings(config_file)[0], when.date() if when else today())
    click.echo(as_markdown(found) if style == "markdown" else "".join(f"{line}\n" for line in as_lines(found)), nl=False)
    _say(found.summary)
    sys.exit(1 if found.number else 0)


@main.command()
@site_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def coverage(config_file: Path, style: str) -> None:
    """Show how well the facts are sourced: by number and kind of sources, by age, by language."""
    site = open_site(_settings(config_file)[0])
    stale = {(code, id_) for code, facts in site.briefing.stale.items() for id_ in facts}
    found = coverage_of(site.briefing, today(), stale)
    click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2) if style == "json" else "\n".join(as_lines(found)))


@main.command()
@site_option
@click.argument("ids", nargs=-1)
@click.option("--accept", "accepting", is_flag=True, help="Accept stale texts as they are: all, or those of the facts IDS.")
@click.option("--record", "recording", is_flag=True, help="Record what is new or changed in every language; accept nothing stale.")
@click.option("-l", "--language", "languages", multiple=True, metavar="CODE", help="With --accept: only in this language. With --export: into it.")
@click.option("--export", "going", type=click.Path(path_type=Path), metavar="FILE", help="Write a PO file for translators.")
@click.option("--import", "coming", type=click.Path(path_type=Path), metavar="FILE", help="Write a PO file's translations into the facts.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def translations(
    config_file: Path, ids: tuple[str, ...], accepting: bool, recording: bool, languages: tuple[str, ...],
    going: Path | None, coming: Path | None, style: str,
) -> None:
    """Show how far the translations have come; accept, export or import them."""
    from briefbook.pofiles import export_po
    from briefbook.poimport import import_po
    from briefbook.translations import TranslationsError, accept, as_json, as_table, overview, record

    if sum(map(bool, (accepting, recording, going, coming))) > 1:
        raise click.UsageError("--accept, --record, --export and --import: one at a time")
    if ids and not accepting:
        raise click.UsageError("IDS go with --accept")
    if going and len(languages) != 1:
        raise click.UsageError("--export needs one --language")
    site = open_site(_settings(config_file)[0])
    try:
        if accepting:
            _say(str(accept(site, ids, languages)))
        elif recording:
            _say(str(record(site)))
        elif going:
            _say(str(export_po(site, languages[0], going)))
        elif coming:
            _say(str(import_po(site, coming)))
        else:
            click.echo((as_json if style == "json" else as_table)(overview(site)))
    except TranslationsError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@site_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Where to write the site, instead of where mkdocs.yml says.")
@click.option("--strict/--no-strict", default=False, help="Fail on warnings too.")
@click.option("--edition", metavar="DATE", help="Build this edition in place of the briefing as it is now.")
@click.option("--as-of", "when", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Build what the briefing knew on a day, and what was so then.")
@click.option("--editions", is_flag=True, help="Build every edition as well, each in full below editions/ in the site.")
@click.option("--site-url", metavar="ADDRESS", help="Where it will be published, instead of where mkdocs.yml says.")
@click.option("--offline", is_flag=True, help="Make it a site to be read from a folder or a zip, without any server.")
def build(
    config_file: Path, site_dir: Path | None, strict: bool, edition: str | None, when: datetime | None, editions: bool,
    site_url: str | None, offline: bool,
) -> None:
    """Build the site. Nothing is touched while the facts have errors."""
    from briefbook.offline import take_offline
    from briefbook.publishing import build_editions
    from briefbook.showing import Wish, wishing

    if sum(map(bool, (edition, when, editions))) > 1:
        raise click.UsageError("--edition, --as-of and --editions: one at a time")
    settings, config = _settings(config_file)
    target = site_dir.resolve() if site_dir else Path(config.site_dir)
    if editions and not settings.archive:
        raise click.UsageError(f"--editions needs `archive: true` under plugins: briefbook: in {config_file}, so that pages lead to them")

    def build_into(there: Path) -> None:
        _build_into(config_file, there, strict=strict, site_url=site_url)

    with wishing(Wish(edition or "", when.date() if when else None)):
        build_into(target)
    for name in build_editions(settings, target, build_into) if editions else ():
        _say(f"The edition {name} lies in {os.path.relpath(target / 'editions' / name)}")
    shown = os.path.relpath(target)
    if offline:
        take_offline(target)
        _say(f"The site lies in {shown}, to be read without a server: open {shown}/index.html")
        return
    _say(f"The site lies in {shown}. Look at it with: python -m http.server -d {shown}")


@main.command()
@site_option
@click.option("-a", "--dev-addr", metavar="HOST:PORT", help="Where to serve it.  [default: 127.0.0.1:8000]")
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open it in a browser.")
@click.option("--edition", metavar="DATE", help="Serve this edition in place of the briefing as it is now.")
@click.option("--compare", metavar="VERSION", help="Mark the pages that differ from this edition or git revision, and say what changed.")
def serve(config_file: Path, dev_addr: str | None, open_browser: bool, edition: str | None, compare: str | None) -> None:
    """Serve the site, and rebuild it whenever a fact, page, template or label changes.

    What is wrong is shown over the last good page, until it is mended.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve

    from briefbook.comparing import ComparingError, compare_versions
    from briefbook.editions import EditionError, read_edition
    from briefbook.showing import Wish, WishError, edition_folder, wishing

    if edition and compare:
        raise click.UsageError("--edition and --compare: one at a time")
    settings, _ = _settings(config_file)  # what is wrong with mkdocs.yml is better said before a server starts
    wish = Wish(edition or "", compare=compare or "")
    try:
        if edition:
            read_edition(edition_folder(settings, edition))
        elif compare:
            compare_versions(settings, compare, None)
    except (ComparingError, EditionError, WishError) as error:
        raise click.UsageError(str(error)) from error
    _log_to_terminal()
    options = {"dev_addr": dev_addr} if dev_addr else {}
    with wishing(wish):
        _run(lambda: mkdocs_serve(str(config_file), open_in_browser=open_browser, **options))  # type: ignore[arg-type]


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--languages", default="en,ja", show_default=True, metavar="CODES", help="Language codes, the main one first.")
def new(directory: Path, languages: str) -> None:
    """Start a new site in DIRECTORY: a small working one, with invented facts to replace."""
    from briefbook.scaffolding import ScaffoldingError, create_site

    try:
        written = create_site(directory, [code.strip() for code in languages.split(",") if code.strip()])
    except ScaffoldingError as error:
        raise click.UsageError(str(error)) from error
    _say(f"{len(written)} files written to {directory}. Next: cd {directory} && briefbook serve")


@main.command()
@site_option
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--site-url", help="Where the site will be published, for absolute links between languages.")
def export(config_file: Path, directory: Path, site_url: str | None) -> None:
    """Write the site to DIRECTORY as plain Markdown, a folder and a plain mkdocs.yml for each language."""
    from briefbook.chartcache import ChartCache
    from briefbook.editions import EditionError
    from briefbook.export import ExportError, export_site

    settings, config = _settings(config_file)
    site = open_site(replace(settings, address=site_url or settings.address))
    _stop_on_errors(site)
    cache = ChartCache(settings.cache)
    try:
        report = _within_progress(
            "Exporting", lambda: export_site(
                site, directory, site_url=site_url or config.site_url or None, features=config.theme.get("features") or (),
                cache=cache,
            ),
        )
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    except EditionError as error:
        raise click.ClickException(str(error)) from error
    for warning in report.warnings:
        _say(f"warning: {warning}")
    _say(str(report))


@main.command()
@site_option
@click.argument("kind", metavar="event|actor|dispute|figure|source|term")
@click.argument("id_", metavar="ID")
@click.option("--title", "titles", multiple=True, metavar="[LANG=]WORDS", help="Its title or name; without LANG= in the site's first language. Repeatable.")
@click.option("--date", "when", metavar="DATE", help="When it happened, was published or holds, as 2024-05-13, 2024-05, 2024~.")
@click.option("--kind", "sort", metavar="WORD", help="What sort of actor or source it is, as person or newsroom.")
@click.option("--url", metavar="ADDRESS", help="Where a source is to be read.")
@click.option("--language", metavar="CODE", help="The language a source is in.")
@click.option("--cites", multiple=True, metavar="SOURCE", help="The id of a source it rests on. Repeatable.")
@click.option("--file", "file", type=click.Path(path_type=Path), help="The file to write it into, if not the one that fits best.")
def add(
    config_file: Path, kind: str, id_: str, titles: tuple[str, ...], when: str | None, sort: str | None, url: str | None,
    language: str | None, cites: tuple[str, ...], file: Path | None,
) -> None:
    """Add a fact: write its skeleton, to be filled in, into the file that fits best.

    Says which file and line that is, and what has to be filled in. All else in the file stays as it is.
    """
    from briefbook.adding import AddingError, Wish, add_fact

    settings, _ = _settings(config_file)
    try:
        added = add_fact(settings, Wish(kind, id_, titles, when, sort, url, language, cites, file), today())
    except AddingError as error:
        raise click.UsageError(str(error)) from error
    click.echo(str(added))
    for note in added.notes:
        _say(f"note: {note}")


@main.command()
@click.option("-f", "--config", "config_file", type=click.Path(path_type=Path), help="The site's mkdocs.yml.  [default: mkdocs.yml, if there is one]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it there instead of printing it.")
@click.option("--write", "keeping", is_flag=True, help="Write it beside the facts, where editors find it.")
@click.option("--check", "checking", is_flag=True, help="Exit with 1 unless the one beside the facts knows the same ids.")
def schema(config_file: Path | None, output: Path | None, keeping: bool, checking: bool) -> None:
    """Print the JSON Schema of fact files, with which editors complete and check while one types.

    In a site it completes the ids of its facts; elsewhere it is that of any site.
    """
    from briefbook.schema import as_text as as_schema_text
    from briefbook.schema import fact_file_schema

    if bool(output) + keeping + checking > 1:
        raise click.UsageError("--output, --write and --check: one at a time")
    if config_file is None and not (keeping or checking or Path("mkdocs.yml").is_file()):
        text = as_schema_text(fact_file_schema())
    else:
        settings, _ = _settings(config_file or Path("mkdocs.yml"))
        text = _schema_of(settings)
        if keeping or checking:
            _keep_schema(settings, text, checking=checking)
            return
    if output is None:
        click.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")


@main.command()
@site_option
@click.option("--date", "when", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day it is the edition of.  [default: today in UTC, or SOURCE_DATE_EPOCH]")
@click.option("--note", "notes", multiple=True, metavar="[LANG=]TEXT", help="What changed, in a few words; without LANG= in the site's first language. Repeatable.")
@click.option("--reconstructed", is_flag=True, help="Say in the edition that it was put together later, from what is known of that day.")
@click.option("--build/--no-build", "building", default=True, show_default=True, help="Build the site too, so that `verify` can tell whether a site is this edition.")
@click.option("--into", type=click.Path(path_type=Path), metavar="FOLDER", help="Put it there, and not among the site's editions, as CI does with what it keeps of every push.")
def snapshot(
    config_file: Path, when: datetime | None, notes: tuple[str, ...], reconstructed: bool, building: bool, into: Path | None
) -> None:
    """Freeze the facts and pages as a dated edition, with a manifest of hashes of them and of the site built from them.

    Facts with errors are refused. An edition that is there is never overwritten.
    """
    from briefbook.snapshot import Remarks, SnapshotError, note_by_language, take_snapshot

    settings, _ = _settings(config_file)
    day = when.date() if when else today()
    site = open_site(settings, day)
    _stop_on_errors(site)
    try:
        remarks = Remarks(note_by_language(notes, settings.languages), reconstructed)
        # A site lists the editions that lie beside its facts, and no others.
        build_site = (lambda target, manifest: _build_frozen(config_file, target, None if into else manifest)) if building else None
        _say(str(take_snapshot(site, config_file, day, remarks, build_site, into)))
    except SnapshotError as error:
        raise click.ClickException(str(error)) from error


@main.command("as-of")
@site_option
@click.argument("when", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Name every text that is to be read, instead of their number.")
def as_of(config_file: Path, when: datetime, directory: Path, everything: bool) -> None:
    """Write the facts as they would have stood on DATE, by the dates in them, to DIRECTORY, as a site of its own.

    What came later is taken out, and what ended later goes on. Texts stay as they are: those that somebody must read, since
    they may know what came later, are printed. Then `briefbook snapshot --date DATE --reconstructed` there freezes it.
    """
    from briefbook.reconstruction import ReconstructionError, facts_by_dates, to_read, write_site

    settings, _ = _settings(config_file)
    day = when.date()
    try:
        past = facts_by_dates(settings, day)
        write_site(past, settings, config_file, directory)
    except ReconstructionError as error:
        raise click.UsageError(str(error)) from error
    for line in to_read(past.read, everything=everything):
        click.echo(line)
    _say(
        f"The facts of {day} lie in {directory}; {len(past.gone)} of the present ones were not there yet. To be read: "
        f"{len(past.read)} texts. Next: cd {directory} && briefbook check"
    )


def _build_frozen(config_file: Path, target: Path, manifest: Manifest | None) -> None:
    """Build the site that an edition which is about to be frozen will have: it lists this edition already, if it will do so."""
    from briefbook.showing import Wish, wishing

    with wishing(Wish(freezing=manifest)):
        _build_into(config_file, target)


def _build_into(config_file: Path, target: Path, *, strict: bool = False, site_url: str | None = None) -> None:
    from mkdocs.commands.build import build as mkdocs_build

    config = _mkdocs_config(config_file, strict=strict, site_dir=str(target), site_url=site_url)
    _run(lambda: _within_progress("Building", lambda: mkdocs_build(config)))


@main.command()
@site_option
@click.argument("edition")
@click.argument("site_folder", metavar="SITE", type=click.Path(path_type=Path))
def verify(config_file: Path, edition: str, site_folder: Path) -> None:
    """Prove that the built site in the folder SITE is EDITION: its date, or its folder. Exit status 1: it is not.

    Names every file that is missing, extra or different, and the sources that changed since.
    """
    from briefbook.editions import EditionError, editions_path, read_edition
    from briefbook.verify import VerifyError, moved_on
    from briefbook.verify import verify as compare

    settings = _settings(config_file)[0] if config_file.is_file() else None
    home = editions_path(settings.facts) if settings else Path()
    place = Path(edition) if Path(edition).is_dir() else home / edition
    try:
        found = read_edition(place)
        verdict = compare(found, site_folder)
        since = moved_on(found, settings, config_file) if settings and place.resolve().parent == home.resolve() else {}
    except EditionError as error:
        for diagnostic in error.diagnostics:
            click.echo(as_text(diagnostic, lambda _: None), err=True)
        raise click.ClickException(f"{place} is no edition, or none that can be trusted") from error
    except VerifyError as error:
        raise click.ClickException(str(error)) from error
    for name, how in verdict.wrong.items():
        click.echo(f"{how}: {name}")
    _say(str(verdict))
    for name, how in since.items() if not verdict.proven else ():
        _say(f"note: source {how} since: {name}")
    sys.exit(0 if verdict.proven else 1)


@main.command()
@site_option
@click.argument("before", metavar="[A]", required=False)
@click.argument("after", metavar="[B]", required=False)
@click.option("--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True, help="markdown is for a comment on a pull request.")
@click.option("-l", "--language", "codes", multiple=True, metavar="CODE", help="In this language of the site, instead of its first. Repeatable.")
@click.option("--all", "everything", is_flag=True, help="Show minor changes too, such as of wording, instead of their number.")
@click.option("--exit-code", "telling", is_flag=True, help="Exit with 1 if anything changed.")
def diff(
    config_file: Path, before: str | None, after: str | None, style: str, codes: tuple[str, ...], everything: bool, telling: bool
) -> None:
    """Tell in words what changed in the facts from A to B.

    A and B are the dates of editions, folders of them, or revisions of git. A is HEAD and B the files as they are, unless
    named. Exit status 2: one of them cannot be read.
    """
    from briefbook.changereport import as_json as as_json_diff
    from briefbook.changereport import as_markdown
    from briefbook.changereport import as_text as as_text_diff
    from briefbook.comparing import ComparingError, compare_versions

    settings, _ = _settings(config_file)
    if unknown := [code for code in codes if code not in settings.languages]:
        raise click.UsageError(f"this site has no language {', '.join(unknown)}; it has: {', '.join(settings.languages)}")
    languages = codes or settings.languages[:1]
    try:
        compared = compare_versions(settings, before, after)
    except ComparingError as error:
        raise click.UsageError(str(error)) from error
    for note in compared.notes:
        _say(f"note: {note}")
    if style == "json":
        text = as_json_diff(compared, codes or settings.languages)
    elif style == "markdown":
        command = " ".join(["briefbook diff", *(name for name in (before, after) if name), "--all"])
        text = as_markdown(compared, languages, command, all_=everything)
    else:
        text = as_text_diff(compared, languages, all_=everything)
    click.echo(text, nl=False)
    sys.exit(1 if telling and compared.changes else 0)


def _schema_of(settings: Settings) -> str:
    from briefbook.reading.loading import read_folder
    from briefbook.schemafile import SchemaError, site_schema

    try:
        return site_schema(read_folder(settings.facts, settings.languages, settings.root))
    except SchemaError as error:
        raise click.ClickException(str(error)) from error


def _keep_schema(settings: Settings, text: str, *, checking: bool) -> None:
    """Write the schema beside the facts, or say whether the one there serves."""
    from briefbook.schemafile import schema_path, staleness, write_schema

    name = Path(os.path.relpath(schema_path(settings.facts), settings.root)).as_posix()
    if checking:
        if why := staleness(settings.facts, text):
            raise click.ClickException(f"{name} does not fit the facts: {why}; renew it with: briefbook schema --write")
        _say(f"{name} is up to date.")
        return
    try:
        written = write_schema(settings.facts, text)
    except OSError as error:
        raise click.ClickException(f"{name} cannot be written: {error.strerror or error}") from error
    _say(f"{name} {'written' if written else 'is up to date'}.")


def _settings(config_file: Path) -> tuple[Settings, Any]:
    """Where the site lies, by its mkdocs.yml."""
    from mkdocs.exceptions import PluginError

    from briefbook.plugin import BriefbookPlugin, settings_of

    config = _mkdocs_config(config_file)
    plugin = next((p for p in config.plugins.values() if isinstance(p, BriefbookPlugin)), None)
    if plugin is None:
        raise click.UsageError(f"{config_file} does not name the plugin “briefbook” under plugins:")
    try:
        return settings_of(config, plugin.config), config
    except PluginError as error:
        raise click.UsageError(f"{config_file}: {error}") from error


def _mkdocs_config(config_file: Path, **overrides: Any) -> Any:
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    if not config_file.is_file():
        raise click.UsageError(f"there is no {config_file}; start a site with: briefbook new DIRECTORY")
    wanted = {name: value for name, value in overrides.items() if value is not None}
    try:
        return load_config(str(config_file), **wanted)
    except RecursionError as error:
        raise click.UsageError(f"{config_file}: lists or mappings are nested too deep") from error
    except MkDocsException as error:
        raise click.UsageError(f"{config_file}: {error}") from error


def _run(work: Callable[[], object]) -> None:
    """Do it; whatever MkDocs and the plugin have to say of a user's mistake is said without a traceback."""
    from mkdocs.exceptions import Abort, MkDocsException

    try:
        work()
    except Abort as error:
        raise click.ClickException("nothing was built") from error
    except MkDocsException as error:
        raise click.ClickException(str(error)) from error


def _within_progress(what: str, work: Callable[[], Any]) -> Any:
    """On a terminal say what is being done and by which step; in a pipe only warnings and errors."""
    handler = _log_to_terminal(quiet=not sys.stderr.isatty())
    if sys.stderr.isatty():
        click.echo(f"{what} …", err=True)
    try:
        return work()
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)


def _log_to_terminal(*, quiet: bool = False) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    handler.setLevel(logging.WARNING if quiet else logging.INFO)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


def _stop_on_errors(site: Site) -> None:
    for diagnostic in site.diagnostics:
        click.echo(as_text(diagnostic, site.line_of), err=True)
    if not site.usable:
        raise click.ClickException(f"{summary(site.diagnostics)}; nothing was written")


def _wanted(select: tuple[str, ...], ignore: tuple[str, ...]) -> Callable[[Sequence[Diagnostic]], list[Diagnostic]]:
    """The choice that --select and --ignore make."""
    try:
        only, never = catalogue.prefixes(select), catalogue.prefixes(ignore)
    except catalogue.UnknownCode as error:
        raise click.UsageError(str(error)) from error
    return lambda found: chosen(found, only, never)


def _read_for_fixing(settings: Settings, *, advice: bool) -> tuple[list[Diagnostic], dict[str, str]]:
    site = open_site(settings, advice=advice)
    return site.diagnostics, site.reading.texts


def _printed(found: list[Diagnostic], site: Site, style: str, most: int) -> str:
    """The findings in the style asked for, each ending in a line break."""
    if style == "json":
        return as_json(found) + "\n"
    if style == "sarif":
        return as_sarif(found, site.reading.texts.get, __version__) + "\n"
    if style == "github":
        return "".join(as_github(diagnostic) + "\n" for diagnostic in found)
    parts = [as_report(found, site.line_of, most), catalogue.overview(found)] if found else []
    return "".join(f"{part.rstrip()}\n" for part in parts if part)


def _counts(site: Site) -> str:
    briefing = site.briefing
    return f"{len(briefing.facts)} facts in {len(briefing.languages)} languages"


def _say(text: str) -> None:
    click.echo(text, err=True)
