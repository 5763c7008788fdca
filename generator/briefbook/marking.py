"""Marks, in a preview, the pages that differ from an earlier version, with what changed on top, in words.

A door: the earlier version is found and read as `briefbook diff` does, and its pages are made as those of today are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefbook.comparing import Compared, ComparingError, compare_versions
from briefbook.comparison import Change
from briefbook.editions import PAGES, files_below
from briefbook.model.briefing import ABOUT
from briefbook.model.facts import AnyFact
from briefbook.rendering import Page, render
from briefbook.showing import WishError, edition_folder
from briefbook.site import Settings, Site
from briefbook.views import addresses
from briefbook.views.changes import MarkdownVoice, tell
from briefbook.views.desk import Desk


def marked(site: Site, before: str, pages: Sequence[Page]) -> list[Page]:
    """The pages of a site, those marked that are otherwise than in the version `before`. Raises WishError."""
    try:
        compared = compare_versions(site.settings, before, None)
    except ComparingError as error:
        raise WishError(str(error)) from error
    then = {page.uri: page.markdown for page in render(compared.before.briefing, site.languages, site.templates, site.history)}
    # Of pages that people wrote, git revisions are not asked.
    written = {page.uri: page.text for page in site.own_pages}
    frozen = _written_then(site.settings, before) if compared.before.kind == "edition" else written
    return [
        _Mark(site, compared, page).marked(then, frozen.get(page.uri, "") != written.get(page.uri, "")) for page in pages
    ]


def _written_then(settings: Settings, edition: str) -> dict[str, str]:
    """The hand-written pages of an edition, as texts."""
    files = files_below(edition_folder(settings, edition) / PAGES)
    return {name: re.sub(r"\r\n?", "\n", path.read_text(encoding="utf-8-sig", errors="replace")) for name, path in files}


@dataclass(frozen=True)
class _Mark:
    site: Site
    compared: Compared
    page: Page

    def marked(self, then: Mapping[str, str], rewritten: bool) -> Page:
        own = list(self.changes())
        made = self.page.uri not in {page.uri for page in self.site.own_pages}
        if made and not own and not self.is_home and then.get(self.page.uri) == self.page.markdown:
            return self.page
        if not made and not rewritten:
            return self.page
        what = self.kind(own, new=made and self.page.uri not in then, rewritten=rewritten)
        return replace(self.page, markdown="\n".join(self.lines(what, own)) + self.page.markdown)

    def kind(self, own: Sequence[Change], *, new: bool, rewritten: bool) -> str:
        """In which way the page is otherwise."""
        if rewritten:
            return "rewritten"
        return "new" if new else "own" if own else "home" if self.is_home else "other"

    @property
    def is_home(self) -> bool:
        return self.page.uri == addresses.home(self.page.lang)

    def changes(self) -> Iterator[Change]:
        """What changed in the fact whose page it is; in what the briefing says of itself, on the state of play."""
        for change in self.compared.changes:
            if change.section == ABOUT:
                there = self.is_home
            else:
                there = addresses.address(self.page.lang, change.section, change.fact) == self.page.uri
            if there:
                yield change

    def lines(self, what: str, own: Sequence[Change]) -> Iterator[str]:
        voice = self.voice
        name = voice.words(self.compared.before.name)
        yield from ('<div class="bb-compared" role="note" markdown="1">', "", voice.say(f"compared.{what}", version=name), "")
        yield from (f"- {tell(voice, change)}" for change in own)
        yield from self.others() if self.is_home else ()
        yield from ("", "</div>", "", "")

    def others(self) -> Iterator[str]:
        """Every fact that changed, leading to its page, or to nothing where it has none any more."""
        voice = self.voice
        for id_ in dict.fromkeys(change.fact for change in self.compared.changes if change.section != ABOUT):
            number = sum(change.fact == id_ for change in self.compared.changes)
            yield f"- {voice.say('compared.counted', what=voice.named(id_), n=voice.words(voice.language.number(number)))}"

    @property
    def voice(self) -> MarkdownVoice:
        old, new = (
            Desk(side.briefing, self.site.languages, self.page.lang, self.page.uri)
            for side in (self.compared.before, self.compared.after)
        )
        return MarkdownVoice(old, new, self._address)

    def _address(self, fact: AnyFact) -> str:
        return addresses.relative(addresses.page_of(self.page.lang, fact), self.page.uri)
