"""Mistakes that people make, to be put into facts that have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fact = dict[str, Any]


def spoil(kind: str, fact: Fact, number: int) -> Fact:
    """The fact with a mistake in it, by turns another one. What is `number` decides which."""
    every: list[Callable[[str, Fact], Fact]] = [
        _misspelt_field, _wrong_choice, _impossible_date, _unknown_reference, _missing_field, _no_text, _other_year
    ]
    return every[number % len(every)](kind, fact)


def _misspelt_field(_: str, fact: Fact) -> Fact:
    first = next(iter(fact))
    return {**fact, f"{first}x": "out of place"}


def _wrong_choice(kind: str, fact: Fact) -> Fact:
    field = {"actors": "kind", "sources": "kind"}.get(kind, "confidence")
    return {**fact, field: "hihg"}


def _impossible_date(kind: str, fact: Fact) -> Fact:
    field = {"events": "date", "sources": "published"}.get(kind, "checked")
    return {**fact, field: "2024-13-45"}


def _unknown_reference(_: str, fact: Fact) -> Fact:
    return {**fact, "note": {"en": "See [[no-such-fact-at-all]].", "ja": "[[no-such-fact-at-all]]を参照。"}}


def _missing_field(kind: str, fact: Fact) -> Fact:
    needed = {"actors": "kind", "events": "date", "figures": "title", "disputes": "parties", "sources": "language", "terms": "name"}[kind]
    return {name: value for name, value in fact.items() if name != needed}


def _no_text(_: str, fact: Fact) -> Fact:
    return {**fact, "note": 12}


def _other_year(_: str, fact: Fact) -> Fact:
    return {**fact, "note": {"en": "It lost $13 billion in 2024.", "ja": "2023年に13億ドルを失った。"}}
