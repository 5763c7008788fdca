"""What has become stale by a day though nobody touched it: facts not looked at, plans whose day has passed, translations behind.

A door: the checks know what is stale; here their findings are put together for people, as text and for an issue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.diagnostics import Diagnostic, Severity, as_text
from briefbook.site import Settings, Site, open_site

# The checks that can find something new in facts that are as they were, and what is asked of people.
_ASKED: Mapping[str, str] = {
    "H304": "Plans whose day has passed: what became of them?",
    "E405": "Not looked at for a long time: is it still so?",
    "S601": "Translations that may be behind: do they still say the same?",
}
# An issue is read, a list of everything is not; the command shows all.
_SHOWN = 40


@dataclass(frozen=True)
class Stale:
    """What is stale on a day, by code of the check that found it, in the order it should be looked at."""

    day: date
    found: Mapping[str, Sequence[Diagnostic]]
    site: Site

    @property
    def number(self) -> int:
        """How much there is."""
        return sum(map(len, self.found.values()))

    @property
    def summary(self) -> str:
        """In a sentence how much there is."""
        if not self.number:
            return f"Nothing is stale on {self.day}."
        return f"Stale on {self.day}: {', '.join(f'{len(found)} × {code}' for code, found in self.found.items())}."


def stale_on(settings: Settings, day: date) -> Stale:
    """Check a site as of a day. What the site does not want to hear of (`ignore`) is not told."""
    site = open_site(settings, day, advice=True)
    # An error was one before; `check` says so.
    infos = [one for one in site.diagnostics if one.severity is not Severity.ERROR]
    found = {code: [one for one in infos if one.code == code] for code in _ASKED}
    return Stale(day, {code: those for code, those in found.items() if those}, site)


def as_lines(stale: Stale) -> Iterator[str]:
    """All of it for a terminal, under what is asked."""
    for code, found in stale.found.items():
        yield f"{_ASKED[code]} ({len(found)})"
        yield from (as_text(one, stale.site.line_of) for one in found)
        yield ""


def as_markdown(stale: Stale) -> str:
    """For an issue, as many of each as are read; nothing where nothing is stale."""
    if not stale.number:
        return ""
    lines = [f"On {stale.day} this is stale in the facts, though nobody touched them."]
    for code, found in stale.found.items():
        lines += ["", f"### {_ASKED[code]} ({len(found)})", "", *(f"- [ ] {_item(one)}" for one in found[:_SHOWN])]
        lines += ["", f"… and {len(found) - _SHOWN} more."] if len(found) > _SHOWN else []
    codes = "`, `".join(f"briefbook explain {code}" for code in stale.found)
    return "\n".join([*lines, "", f"All of it: `briefbook stale`. What it means, and how to answer: `{codes}`."]) + "\n"


def _item(found: Diagnostic) -> str:
    place = f"{found.place.file}:{found.place.line}".replace("`", "'")
    return f"`{place}`: {_quiet(found.message)}"


def _quiet(words: str) -> str:
    """Words that may have been an author's, so that they neither format anything nor call anybody."""
    return "".join(f"\\{letter}" if letter in r"\`*_[]<>#|!~&" else letter for letter in words).replace("@", "@\u200b")
