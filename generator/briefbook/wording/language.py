"""One language of a site: its labels, its CLDR locale, and how it writes dates and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from briefbook.model.amounts import Amount
from briefbook.model.dates import PartialDate, When
from briefbook.wording.amounts import word_amount
from briefbook.wording.labels import Labels

_RUBY = frozenset({"ja", "zh"})


@dataclass(frozen=True)
class Language:
    """A language, able to word whatever a page shows. `labels` hold its interface words."""

    code: str
    labels: Labels

    @cached_property
    def locale(self) -> Locale:
        """Its CLDR locale, that of its region if it has one; English where CLDR does not know the language."""
        for code in (self.labels.get("cldr"), self.code, self.code.split("-", maxsplit=1)[0], "en"):
            try:
                return Locale.parse((code or "").replace("-", "_"))
            except (UnknownLocaleError, ValueError):
                continue
        raise AssertionError("CLDR has English")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self.locale.text_direction)

    @property
    def has_ruby(self) -> bool:
        """Whether it sets how words are read above them, in small type (https://www.w3.org/TR/jlreq/#ruby_and_emphasis_dots)."""
        return self.code.split("-", maxsplit=1)[0] in _RUBY

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        name = Locale.parse(self.code.replace("-", "_")).get_display_name() if _known(self.code) else self.code
        return (name or self.code)[:1].upper() + (name or self.code)[1:]

    def name_of(self, code: str) -> str:
        """What this language calls the language `code`."""
        return str(self.locale.languages.get(code.split("-", maxsplit=1)[0], code))

    def date(self, when: When) -> str:
        """A date or interval, never more precise than it was given."""
        if not when.interval:
            return self.partial(when.start) if when.start else ""
        return self.span(_only(when.start), _only(when.end))

    def span(self, start: When | None, end: When | None) -> str:
        """From `start` to `end`, either of which may be open; nothing where both are."""
        # A doubt about either end is said of the whole phrase, not in the middle of it.
        first, last = (self._certain(when) if when else "" for when in (start, end))
        if first and last:
            words = first if first == last else self.labels.fill("date.range", start=first, end=last)
        elif first or last:
            words = self.labels.fill("date.since", date=first) if first else self.labels.fill("date.until", date=last)
        else:
            return ""
        return self.labels.fill("date.uncertain", date=words) if _uncertain(start, end) else words

    def _certain(self, when: When) -> str:
        if when.interval:
            return self.date(when)
        return self.partial(replace(when.start, uncertain=False)) if when.start else ""

    def partial(self, date: PartialDate) -> str:
        """A year, month or day with its qualification."""
        if date.day:
            words = format_date(date.first(), format="long", locale=self.locale)
        else:
            words = format_skeleton("yMMMM" if date.month else "y", date.first(), locale=self.locale)
        if date.approximate:
            words = self.labels.fill("date.about", date=words)
        return self.labels.fill("date.uncertain", date=words) if date.uncertain else words

    def amount(self, amount: Amount) -> str:
        """An amount with everything it said: bounds, range, scale and unit."""
        words = word_amount(amount, self.locale, self.labels)
        # Within a right-to-left line, digits and signs would otherwise change places.
        return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}" if self.direction == "rtl" else words

    def count(self, name: str, number: int) -> str:
        """`number` of something, in the right plural form: the labels under `count.name`."""
        forms = self.labels.under(f"count.{name}")
        form = forms.get(self.locale.plural_form(number)) or forms["other"]
        return form.format(n=self.number(number))

    def number(self, number: int) -> str:
        """A whole number, grouped as the language does."""
        return format_decimal(number, locale=self.locale)

    def list(self, items: Iterable[str]) -> str:
        """Items as one phrase: “a, b and c”."""
        found = [str(item) for item in items]
        return format_list(found, locale=self.locale) if found else ""

    def colon(self, head: str, tail: str) -> str:
        """`head: tail`, as the language sets a colon."""
        return self.labels.fill("colon", head=head, tail=tail)


def languages_of(codes: Sequence[str], labels: dict[str, Labels]) -> dict[str, Language]:
    """The languages of a site, by code, in order."""
    return {code: Language(code, labels[code]) for code in codes}


def _only(date: PartialDate | None) -> When | None:
    return When(date, date) if date else None


def _uncertain(*dates: When | None) -> bool:
    return any(w is not None and not w.interval and w.start is not None and w.start.uncertain for w in dates)


def _known(code: str) -> bool:
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True
