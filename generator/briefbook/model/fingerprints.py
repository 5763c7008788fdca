"""Which texts are behind their translations, told by fingerprints of what they say and never by dates.

Wordings of one text that were seen to agree are remembered together. Where some of them changed since and others did
not, those that did not are stale. So no language has to be the original, and a change of all of them is accepted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefbook.model.base import Value, once
from briefbook.model.briefing import EVERYONE, Briefing, Path, texts
from briefbook.model.text import LocalText

_LENGTH = 12
_IN_BRACKETS = re.compile(r"\[[^\[\]]*\]")
# Where many remembered wordings share one language, the best is sought among this many.
_CANDIDATES = 16


def fingerprint(text: str) -> str:
    """Twelve hexadecimal digits that stand for what a text says: white space and ways to encode it do not count."""
    said = unicodedata.normalize("NFC", " ".join(text.split()))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a fact, in all languages it is written in. `formerly` are ids the fact had."""

    fact: str
    path: Path
    text: LocalText
    formerly: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where such texts stand, whatever the position: `acme-v-widget/history[]/why`."""
        return place_of(self.fact, self.path)

    @property
    def places(self) -> tuple[str, ...]:
        """The place, and those it had under former ids."""
        return tuple(place_of(id_, self.path) for id_ in (self.fact, *self.formerly))

    def prints(self) -> dict[str, str]:
        """The fingerprint of each wording, by language."""
        return {language: fingerprint(self.text.by_language[language]) for language in sorted(self.text.by_language)}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Fingerprints, by language, of wordings that were seen to agree. Those in `behind` were known to be stale then."""

    place: str
    prints: tuple[tuple[str, str], ...]
    behind: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lock:
    """Everything that was last seen to agree. Texts at the same place are told apart by what they say, not by order."""

    agreements: tuple[Agreement, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A fingerprint of all of it."""
        said = "\n".join(f"{a.place} {a.prints} {sorted(a.behind)}" for a in self.agreements)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def by_place(self) -> Mapping[str, Sequence[Agreement]]:
        """The agreements on texts of each place."""
        found: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in self.agreements:
            found[agreement.place].append(agreement)
        return dict(found)


NOTHING_AGREED = Lock()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a text stands to what was last seen to agree; `stale` names, for each stale language, those changed since."""

    unit: Unit
    agreement: Agreement | None
    stale: Mapping[str, tuple[str, ...]]

    @property
    def recorded(self) -> bool:
        """Whether the lock knows the text just as it is now; one in a single language need not be known."""
        prints = self.unit.prints()
        known = self.agreement is not None and self.agreement.prints == tuple(prints.items())
        return len(prints) < 2 or bool(self.stale) or known


def place_of(fact: str, path: Path) -> str:
    """The place of a text, its positions in lists left open."""
    return f"{fact}{_open_steps(path)}"


@lru_cache(maxsize=10_000)
def _open_steps(path: Path) -> str:
    return "".join("[]" if isinstance(step, int) else f"/{step}" for step in path)


def open_place(address: str) -> str:
    """The place that an address is at."""
    return _IN_BRACKETS.sub("[]", address)


def address_of(fact: Value, id_: str, path: Path) -> str:
    """The one text at `path`: `cost/values[first-offer]/basis`, by an item's `key` if it has one, else counted from 1."""
    steps, value = [id_], fact
    for step in path:
        if isinstance(step, int):
            steps.append(f"[{_key_in(value, step) or step + 1}]")
            value = _at(value, step)
        else:
            steps.append(f"/{step}")
            value = getattr(value, step, None)  # type: ignore[assignment]  # any field's value
    return "".join(steps)


def units_of(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Unit]:
    """Every text that is written by language, in the order of facts; those shared by all languages have no translation."""
    for id_, fact in briefing.written(among):
        formerly = tuple(map(str, getattr(fact, "formerly", ())))
        for path, text in texts(fact):
            if text.by_language:
                yield Unit(id_, path, text, formerly)


def stale_texts(briefing: Briefing, lock: Lock, among: Container[str] = EVERYONE) -> list[Standing]:
    """The texts of which some wording is stale, in the facts `among` all."""
    compared = compare(units_of(briefing, among), lock) if lock.agreements else ()
    return [standing for standing in compared if standing.stale]


@once
def suspects(_: Briefing) -> tuple[Lock | None, Container[str]]:
    """The facts in which a wording may be stale against some lock: all, unless a check against one has found out."""
    return None, EVERYONE


def compare(units: Iterable[Unit], lock: Lock) -> list[Standing]:
    """Each text with the agreement on it, and its stale languages. A text that the lock does not know is not stale."""
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.place].append(unit)
    return [standing for group in groups.values() for standing in _compare_group(group, lock)]


def renewed(standings: Iterable[Standing], accepted: Callable[[Standing, str], bool]) -> Lock:
    """The lock after the stale wordings that `accepted` says yes to were found to be right as they are.

    What is new, or changed in every language, is taken in; what is gone is left out; what stays stale stays so.
    """
    found = []
    for standing in standings:
        prints = standing.unit.prints()
        left = frozenset(language for language in standing.stale if not accepted(standing, language))
        if standing.agreement is not None and left and len(left) == len(standing.stale):
            # Nothing of it was accepted: should the change be taken back, all is as it was.
            found.append(Agreement(standing.unit.place, standing.agreement.prints, standing.agreement.behind))
        elif len(prints) > 1:
            found.append(Agreement(standing.unit.place, tuple(prints.items()), left))
    return Lock(tuple(sorted(found, key=lambda agreement: (agreement.place, agreement.prints, sorted(agreement.behind)))))


def stale_fields(briefing: Briefing, lock: Lock) -> dict[str, dict[str, tuple[Path, ...]]]:
    """For each language with stale texts, the facts that have them, and where they stand there."""
    found: dict[str, dict[str, tuple[Path, ...]]] = defaultdict(dict)
    checked, among = suspects(briefing)
    for standing in stale_texts(briefing, lock, among if checked is lock else EVERYONE):
        for language in standing.stale:
            facts, unit = found[language], standing.unit
            facts[unit.fact] = (*facts.get(unit.fact, ()), unit.path)
    return dict(found)


def _compare_group(units: Sequence[Unit], lock: Lock) -> Iterator[Standing]:
    """Texts of one place are paired with agreements by what they say, so that moving or inserting items changes nothing."""
    known = [agreement for place in units[0].places for agreement in lock.by_place.get(place, ())]
    if not known:
        yield from (Standing(unit, None, {}) for unit in units)
        return
    now = [tuple(unit.prints().items()) for unit in units]
    pairs = _same(now, known)
    if len(pairs) < len(units):
        pairs |= _alike(now, known, pairs)
    for number, unit in enumerate(units):
        agreement = known[pairs[number]] if number in pairs else None
        changed = agreement is not None and (agreement.prints != now[number] or agreement.behind)
        yield Standing(unit, agreement, _behind(dict(now[number]), agreement) if agreement and changed else {})


_Prints = tuple[tuple[str, str], ...]


def _same(now: Sequence[_Prints], known: Sequence[Agreement]) -> dict[int, int]:
    """The texts that say in every language what an agreement says. A copy of one agrees as well as the first."""
    by_prints: dict[_Prints, list[int]] = defaultdict(list)
    for number, agreement in enumerate(known):
        by_prints[agreement.prints].append(number)
    taken: Counter[_Prints] = Counter()
    found = {}
    for number, prints in enumerate(now):
        if prints in by_prints:
            found[number] = by_prints[prints][min(taken[prints], len(by_prints[prints]) - 1)]
            taken[prints] += 1
    return found


def _alike(now: Sequence[_Prints], known: Sequence[Agreement], paired: Mapping[int, int]) -> dict[int, int]:
    """For the other texts, the agreement not yet taken that says the same in the most languages, if in any."""
    free = set(range(len(known))) - set(paired.values())
    by_print: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for number in sorted(free):
        for said in known[number].prints:
            by_print[said].append(number)
    found = {}
    for number, prints in enumerate(now):
        if number in paired:
            continue
        candidates = [one for said in prints for one in _first_free(by_print.get(said), free)]
        if candidates:
            # Of equals the first; `Counter` keeps their order.
            best = Counter(candidates).most_common(1)[0][0]
            found[number] = best
            free.remove(best)
    return found


def _first_free(candidates: deque[int] | None, free: set[int]) -> Iterator[int]:
    """The first few that are not taken; those taken are dropped for good, so that a long list is walked but once."""
    while candidates and candidates[0] not in free:
        candidates.popleft()
    for _, one in zip(range(_CANDIDATES), candidates or (), strict=False):
        if one in free:
            yield one


def _behind(now: Mapping[str, str], agreement: Agreement) -> dict[str, tuple[str, ...]]:
    """The languages that are stale, each with those that changed since. To catch up makes no other language stale."""
    common = [(language, said) for language, said in agreement.prints if language in now]
    changed = {language for language, said in common if now[language] != said}
    moved = tuple(sorted(changed - agreement.behind))
    others = tuple(sorted(language for language, _ in common if language not in agreement.behind))
    return {
        language: moved or others for language, _ in common
        if language not in changed and (moved or language in agreement.behind)
    }


def _key_in(items: object, position: int) -> str | None:
    """The `key` of a list's item, unless another item has the same."""
    if not isinstance(items, tuple | list):
        return None
    key = getattr(_at(items, position), "key", None)
    alone = key is not None and sum(getattr(item, "key", None) == key for item in items) == 1
    return str(key) if alone else None


def _at(items: object, position: int) -> Value:
    return items[position]  # type: ignore[index,no-any-return]  # paths come from the same fact
