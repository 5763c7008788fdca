"""Whether a text that changed says something else, or the same in other words, or only caught up in another language.

Numbers, dates, names, links and values in it are compared. Where these are the same, the change is taken for one of
wording, unless hardly a word of the text is left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from briefbook.comparison.change import Change, ChangeKind, Spot
from briefbook.comparison.likeness import likeness
from briefbook.comparison.naming import Names
from briefbook.model.prose import Mention, OutsideLink, every_span, parse
from briefbook.model.text import LocalText
from briefbook.rules.quantities import Family, Quantity, read
from briefbook.rules.quantities import compare as compare_quantities

# Less than this of a text being left, it was written anew.
_WRITTEN_ANEW = 0.4
# What is told in words so freely that it proves nothing.
_FREE = frozenset({Family.ORDINAL, Family.FRACTION})


def text_change(spot: Spot, before: LocalText, after: LocalText, languages: Sequence[str], names: Names) -> Change | None:
    """What became of a text, or None where nothing a reader sees did. The first of `languages` is the original."""
    every = sorted({*languages, *before.by_language, *after.by_language}, key=lambda code: _place(code, languages))
    pairs = {code: (_said(before, code), _said(after, code)) for code in every}
    changed = tuple(code for code, (old, new) in pairs.items() if old != new)
    if not changed:
        return None
    revised = [(code, old, new) for code, (old, new) in pairs.items() if code in changed and old is not None and new is not None]
    kind, minor = _judged(changed, revised, pairs, names)
    shared = before.shared is not None and after.shared is not None
    return spot.change(kind, before, after, minor=minor, languages=() if shared else changed)


def says_something_else(language: str, before: str, after: str, names: Names) -> bool:
    """Whether numbers, dates, names, links or printed values differ, or next to nothing is left of the words."""
    before, after = names.printed(language, before), names.printed(language, after)
    return before != after and (
        _leading_elsewhere(before) != _leading_elsewhere(after)
        or _other_quantities(read(language, before), read(language, after))
        or names.within(before) != names.within(after)
        or likeness(before, after) < _WRITTEN_ANEW
    )


def _judged(
    changed: tuple[str, ...], revised: Sequence[tuple[str, str, str]],
    pairs: dict[str, tuple[str | None, str | None]], names: Names,
) -> tuple[ChangeKind, bool]:
    original = next(iter(pairs))
    if not revised and all(pairs[code][0] is None for code in changed) and original not in changed:
        return ChangeKind.TRANSLATED, True
    other = any(says_something_else(code, old, new, names) for code, old, new in revised)
    if original not in changed:
        return ChangeKind.RETRANSLATED, not other
    return (ChangeKind.REWRITTEN, False) if other else (ChangeKind.REWORDED, True)


def _place(code: str, languages: Sequence[str]) -> tuple[int, str]:
    return (languages.index(code) if code in languages else len(languages)), code


def _said(text: LocalText, code: str) -> str | None:
    written = text.by_language.get(code, text.shared)
    return None if written is None else unicodedata.normalize("NFC", written)


def _leading_elsewhere(text: str) -> frozenset[tuple[str, str | None]]:
    """Addresses linked to, and figures that stand in the text with their value."""
    spans = tuple(every_span(parse(text))) if "[" in text else ()
    mentions = {(span.id, span.key) for span in spans if isinstance(span, Mention) and not span.words}
    return frozenset(mentions | {(span.url, None) for span in spans if isinstance(span, OutsideLink)})


def _other_quantities(before: Sequence[Quantity], after: Sequence[Quantity]) -> bool:
    compared = compare_quantities(before, after, _never, _never)
    alone = (*compared.left_only, *compared.right_only, *(q for pair in compared.different for q in pair))
    return (
        bool(compared.other_currency) or any(map(_certain, alone))
        or any(one.bounds != two.bounds and _certain(one) for one, two in compared.same)
    )


def _certain(quantity: Quantity) -> bool:
    """Whether it is a number that people would miss: not “two” in words, “a year”, “first”."""
    spelled_count = quantity.spelled and quantity.first.family is Family.COUNT
    return not (quantity.soft or quantity.implied or spelled_count or quantity.first.family in _FREE)


def _never(_: Quantity) -> bool:
    return False


