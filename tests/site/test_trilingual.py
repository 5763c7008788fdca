"""A third language, with a script and number words of its own, comes from its labels and CLDR alone.

What must not be accepted by mistake with --update is said here once more.
"""

from __future__ import annotations

import pytest
from sitecases import case, stored

from briefbook.model.amounts import Amount
from briefbook.wording.labels import load_labels
from briefbook.wording.language import Language


@pytest.mark.parametrize(("page", "words"), [
    ("de/figures/cost.md", "13 Milliarden US-Dollar"),
    ("de/figures/cost.md", "13,75 Milliarden US-Dollar"),
    ("de/figures/cost.md", "12 bis 14,5 Milliarden US-Dollar"),
    ("de/figures/share.md", "27,5 %"),
    ("de/figures/works.md", "3 bis 11 Monate"),
    ("de/events/signing.md", "Mai 2021"),
    ("ar/figures/cost.md", "14 مليار دولار أمريكي"),
    ("ar/figures/works.md", "2 سنة"),
    ("ar/events/index.md", "4 أحداث"),
    ("ar/events/signing.md", "3 مايو 2021"),
    ("ar/events/signing.md", "direction: rtl"),
])
def test_words(page: str, words: str) -> None:
    text = stored(case("trilingual").expected)[page].decode().replace("\N{NO-BREAK SPACE}", " ")
    assert words in text


@pytest.mark.parametrize(("written", "hindi"), [
    ("13 billion USD", "13 अरब"), ("250 thousand EUR", "2,50,000"), ("1.2 million", "12 लाख"), ("2 years", "2 वर्ष"),
])
def test_amounts_in_hindi(written: str, hindi: str) -> None:
    assert hindi in Language("hi", load_labels("hi")[0]).amount(Amount.parse(written))


def test_every_interface_word_is_there() -> None:
    """A word that is new in English has to be put into the labels of the case too."""
    assert [] == stored(case("trilingual").expected)["diagnostics.txt"].decode().splitlines()
