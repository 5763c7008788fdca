"""What `briefbook new` does: writes a small working site, with invented facts, in the languages asked for.

The starter lies in `scaffold/` as people will edit it, comments and all; here it is cut to its languages and put in place.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from babel import Locale, UnknownLocaleError

from briefbook import __version__
from briefbook.host import interface_file
from briefbook.reading.loading import read_folder
from briefbook.schemafile import schema_path, site_schema
from briefbook.wording.labels import BASE, shipped_languages

# Where the starter keeps what depends on the language. Under `other` are words for languages it is not written in.
_FACTS, _PAGES, _OTHER = "content/facts/", "content/pages/", "other"
# What editors complete; made from the facts once they are in place.
_SCHEMA = schema_path(Path(_FACTS)).as_posix()
_TODO = "  # TODO translate"
# English words stand where those of another language belong; until they are translated, checking them is no help.
_IGNORED = "      # Until the invented facts are translated or replaced: words that are not of their language, repeated texts.\n      ignore: [N1, W2]\n"
_CLDR = Locale(BASE)
_ENGLISH = "English"  # what labels in English call their language
_CODE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.ASCII | re.IGNORECASE)
# CLDR has names for these, but nobody writes in them: several languages, an unknown one, none.
_NOBODYS = frozenset({"mul", "und", "zxx"})


class ScaffoldingError(Exception):
    """Why no site was started. `hint` says what to do instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.hint = hint


def create_site(target: Path, languages: Sequence[str]) -> list[str]:
    """Start a site in `target`, which must not be there yet or be empty; `languages` are codes, the main one first.

    Returns the files written, relative to `target`. Raises `ScaffoldingError`, and whatever is raised, nothing is left behind.
    """
    tongues = _tongues(languages)
    _refuse_occupied(target)
    written = dict(sorted(_files(tongues)))
    try:
        _put(written, target, languages)
    except OSError as error:
        raise ScaffoldingError(f"“{target}” cannot be written: {error.strerror or error}") from error
    return sorted([*written, _SCHEMA])


@dataclass(frozen=True, slots=True)
class _Tongue:
    """A language of the new site: its code, its name in English, and the starter's language that has words for it."""

    code: str
    name: str
    words: str | None


def _tongues(codes: Sequence[str]) -> list[_Tongue]:
    if not codes:
        raise ScaffoldingError("no language was named", "name at least one, such as en, or en,ja")
    for position, code in enumerate(codes):
        _refuse_unknown(code)
        if code in codes[:position]:
            raise ScaffoldingError(f"the language “{code}” is named twice", "name each once, the main one first")
    written_in = _written_in()
    return [_Tongue(code, _name(code), next((c for c in (code, _base(code)) if c in written_in), None)) for code in codes]


def _refuse_unknown(code: str) -> None:
    right = _spelled(code)
    if right is None:
        near = _nearest(code)
        hint = f"did you mean “{near}”?" if near else "write codes such as en, ja or pt-BR, with commas between them"
        raise ScaffoldingError(f"“{code}” is not a language code", hint)
    if right != code:
        raise ScaffoldingError(f"“{code}” is not how this language code is written", f"did you mean “{right}”?")


def _spelled(code: str) -> str | None:
    """The code as it is properly written; None where CLDR knows no such language, script or region."""
    match = _CODE.fullmatch(code.replace("_", "-"))
    if not match:
        return None
    language, script, region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    known = language in _CLDR.languages and language not in _NOBODYS
    known = known and (not script or script in _CLDR.scripts) and (not region or region in _CLDR.territories)
    return "-".join(part for part in (language, script, region) if part) if known else None


def _nearest(wrong: str) -> str | None:
    """The code that was probably meant: a part of it, a language's name instead, or the code of a country."""
    first = re.split("[-_]", wrong.strip())[0]
    if first != wrong and (right := _spelled(first)):
        return right
    names: dict[str, str] = {name.casefold(): code for code, name in _CLDR.languages.items() if _spelled(code) == code}
    if near := get_close_matches(wrong.strip().casefold(), names, n=1, cutoff=0.85):
        return names[near[0]]
    with suppress(UnknownLocaleError, ValueError):
        return str(Locale.parse(f"und_{first.upper()}").language)
    return None


def _name(code: str) -> str:
    with suppress(UnknownLocaleError, ValueError):
        return str(Locale.parse(code.replace("-", "_")).english_name)
    return str(_CLDR.languages[_base(code)])


def _base(code: str) -> str:
    return code.split("-", maxsplit=1)[0]


def _refuse_occupied(target: Path) -> None:
    hint = "choose another folder"
    if target.is_dir():
        if any(target.iterdir()):
            raise ScaffoldingError(f"the folder “{target}” is not empty", hint)
    elif target.is_symlink():
        raise ScaffoldingError(f"“{target}” is a link that leads nowhere", hint)
    elif target.exists():
        raise ScaffoldingError(f"“{target}” is there already and is not a folder", hint)


def _starter() -> Traversable:
    return files("briefbook") / "scaffold"


def _written_in() -> list[str]:
    """The languages the starter has words in."""
    return sorted(item.name for item in (_starter() / _PAGES).iterdir() if item.name != _OTHER)


def _files(tongues: Sequence[_Tongue]) -> Iterator[tuple[str, str]]:
    """Every file of the new site: its place and its text."""
    for place, text in _texts(_starter()):
        if place.startswith(_FACTS):
            yield place, in_languages(text, tongues, _written_in())
        elif place.startswith(_PAGES):
            source, _, rest = place.removeprefix(_PAGES).partition("/")
            for tongue in (t for t in tongues if (t.words or _OTHER) == source):
                yield f"{_PAGES}{tongue.code}/{rest}", text.replace("@@NAME@@", tongue.name)
        else:
            yield place, _filled(text, tongues)
    for tongue in tongues:
        if tongue.code not in shipped_languages():
            yield f"site_overrides/labels/{tongue.code}.yml", _labels(tongue)


def _texts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            yield from _texts(item, f"{prefix}{item.name}/")
        else:
            yield f"{prefix}{item.name}", item.read_text(encoding="utf-8")


def _filled(text: str, tongues: Sequence[_Tongue]) -> str:
    first = tongues[0].code
    values = {
        "LANGUAGES": ", ".join(_yaml(tongue.code) for tongue in tongues), "FIRST": first,
        "INTERFACE": _yaml(interface_file(first)), "VERSION": __version__, "UNTRANSLATED": _untranslated(tongues),
        "IGNORED": "" if all(tongue.words for tongue in tongues) else _IGNORED,
    }
    for name, value in values.items():
        text = text.replace(f"@@{name}@@", value)
    return text


def _yaml(code: str) -> str:
    """A code for mkdocs.yml, in quotes where YAML would take it for something else: Norwegian `no` is false there."""
    return code if yaml.safe_load(code) == code else f'"{code}"'


def _untranslated(tongues: Sequence[_Tongue]) -> str:
    names = [tongue.name for tongue in tongues if tongue.words is None]
    if not names:
        return ""
    return (
        f"\n**To be translated:** briefbook brings no words in {' or '.join(names)}. What stands in their place is English, in the\n"
        "facts (look for `TODO translate`), in `content/pages/` and in `site_overrides/labels/`. The site says so to its readers.\n"
    )


def in_languages(text: str, tongues: Sequence[_Tongue], written_in: Sequence[str]) -> str:
    """Facts cut to the languages of the site. In the starter each language of a text has lines of its own.

    A language without words gets the English ones (those under `other`, where they are), marked in a comment.
    """
    entry = re.compile(rf"( +)({'|'.join((*written_in, _OTHER))}):(?: |$)")
    lines, kept = deque(text.splitlines()), list[str]()
    while lines:
        if not entry.match(lines[0]):
            kept.append(lines.popleft())
        elif chosen := _chosen(_entries(lines, entry), tongues):
            kept += chosen
        else:
            _forget_field(kept)
    return "\n".join(kept) + "\n"


def _entries(lines: deque[str], entry: re.Pattern[str]) -> dict[str, list[str]]:
    """The entries of one text taken off `lines`, by language: each its own line and the deeper ones that follow."""
    entries: dict[str, list[str]] = {}
    depth = _depth(lines[0])
    while lines and (match := entry.match(lines[0])) and _depth(lines[0]) == depth:
        block = entries[match[2]] = [lines.popleft()]
        while lines and _depth(lines[0]) > depth:
            block.append(lines.popleft())
    return entries


def _chosen(entries: Mapping[str, list[str]], tongues: Sequence[_Tongue]) -> list[str]:
    chosen: list[str] = []
    for tongue in tongues:
        source = tongue.words or (_OTHER if _OTHER in entries else BASE)
        if source in entries:
            head, *rest = entries[source]
            head = head.replace(f"{source}:", f"{tongue.code}:", 1) + ("" if tongue.words else _TODO)
            chosen += [line.replace("@@NAME@@", tongue.name) for line in (head, *rest)]
    return chosen


def _forget_field(kept: list[str]) -> None:
    """Take back a field of which no language is left, and the comment above it."""
    kept.pop()
    while kept and kept[-1].lstrip().startswith("#"):
        kept.pop()


def _depth(line: str) -> int:
    """How far a line is indented; a blank one not at all."""
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _labels(tongue: _Tongue) -> str:
    """A file of interface words for a language that none are shipped for, so that somebody can translate it."""
    source = _base(tongue.code) if _base(tongue.code) in shipped_languages() else BASE
    text = (files("briefbook") / "labels" / f"{source}.yml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("#", "cldr:"))]
    if source == _base(tongue.code):
        head = [f"# Interface words in {tongue.name}, copied from “{source}”. Change what is said differently."]
    else:
        head = [
            f"# TODO translate: interface words for {tongue.name}. briefbook ships none, so these are the English ones.",
            "# Translate what follows each colon; names before colons and {placeholders} stay as they are.",
        ]
        lines = [line.replace(_ENGLISH, tongue.name) for line in lines]
    return "\n".join([*head, *lines]) + "\n"


def _put(written: Mapping[str, str], target: Path, languages: Sequence[str]) -> None:
    """Write everything to a temporary folder on the same disk, then move it into place as a whole."""
    with _made(target.parent):
        beside = target if target.is_dir() else target.parent
        with TemporaryDirectory(prefix=".briefbook-new-", dir=beside) as folder:
            made = Path(folder) / "site"
            for place, text in written.items():
                _write(made / place, text)
            _write(made / _SCHEMA, site_schema(read_folder(made / _FACTS, languages, made)))
            _move(made, target)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _move(made: Path, target: Path) -> None:
    """An empty folder that is there is kept, since it may be somebody's current one: its contents are moved into it."""
    if not target.is_dir():
        made.rename(target)
        return
    moved: list[Path] = []
    try:
        for item in sorted(made.iterdir()):
            moved.append(target / item.name)
            item.rename(moved[-1])
    except BaseException:
        for path in moved:
            with suppress(FileNotFoundError):
                path.rename(made / path.name)
        raise


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder is there; where what is done within it fails, the folders that had to be made for it go again."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise
