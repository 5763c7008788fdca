"""How the texts of a briefing use words: which are written as names, which are strange to their language, which look
like slips in a name.

A word is judged once, however often it occurs; texts are then only searched for words that were found wanting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from briefbook.rules.known import Tokens
from briefbook.rules.lexicon import LATIN, LONGEST, Lexicon
from briefbook.rules.vocabulary import Words, is_common

_LATIN_WORD = re.compile(rf"[{LATIN}0-9]+(?:[&.+'’-][{LATIN}0-9]+)*")
_INNER_CAPITAL = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[A-Z]{2,}[a-z]")
_DOMAIN = re.compile(r"\.[a-z]{2,}(?:\W|$)")
# A word in so many facts is no slip, unless the name it looks like is far more frequent.
_HABIT, _RARER = 3, 10


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that is probably a name gone wrong: what is right, and what is wrong about it."""

    right: str
    why: str


@dataclass(slots=True)
class Usage:
    """What is to be looked for in texts."""

    lexicon: Lexicon
    # Words written in lower case, and words written with a capital and never otherwise, in languages of Latin script.
    small: set[str] = field(default_factory=set)
    proper: set[str] = field(default_factory=set)
    slips: dict[str, Slip] = field(default_factory=dict)
    # By language: Latin words that are no name and not established there.
    strange: dict[str, set[str]] = field(default_factory=dict)
    _known: dict[str, set[str]] = field(default_factory=dict)

    def odd(self) -> frozenset[str]:
        """Everything that is looked for."""
        return frozenset().union(self.slips, *self.strange.values())

    def slip(self, word: str, words: Words) -> Slip | None:
        """What is wrong with `word` if it was meant to be an actor's name."""
        lexicon = self.lexicon
        if word in lexicon.names or word in lexicon.parts or not word[:1].isalpha() or len(word) > LONGEST:
            return None
        right = lexicon.cased.get(word.lower())
        if right and right != word:
            return Slip(right, "case") if self._is_miscased(word, right, words) else None
        if joined := lexicon.joined.get(word):
            return Slip(joined, "joint")
        if word.isascii() and (is_common(word) or (word.islower() and len(word) < _LONG_IN_LOWER_CASE)):
            return None
        near = lexicon.near(word)
        return Slip(near, "letter") if near and self._is_slip(word, near, words) else None

    def _is_miscased(self, word: str, right: str, words: Words) -> bool:
        if not word.islower() or _INNER_CAPITAL.search(right):
            return len(word) >= 4
        # Without its capital it may be an everyday word that a name was made of; but hardly between other letters.
        everyday = is_common(word) or any(f"{word}{ending}" in words.everyday for ending in words.endings)
        return len(word) >= 5 and not everyday

    def _is_slip(self, word: str, right: str, words: Words) -> bool:
        low, name = word.lower(), right.lower()
        if words.is_common(word) or low in words.common or low in self.small:
            return False
        if any(low == name + ending for ending in words.endings) or low + "s" == name:
            return False
        # Short words that begin otherwise are mostly other words.
        short = 4 if not word.isascii() else 6
        return not (len(right) <= short and low[0] != name[0])

    def is_strange(self, word: str, language: str, words: Words) -> bool:
        """Whether a Latin word has no place in a text of a language that is not written so."""
        if len(word) < 2 or word in words.established or word in self.lexicon.at_home.get(language, ()):
            return False
        if any(c.isdigit() for c in word) or _DOMAIN.search(word):
            return False
        if is_common(word):
            return True
        if word in self._home_words(language) or word in self.proper:
            return False
        if word.isupper():
            return len(word) > 5
        return not _INNER_CAPITAL.search(word) and not self._made_of_names(word, language, words)

    def _made_of_names(self, word: str, language: str, words: Words) -> bool:
        pieces = re.split(r"[&.+'’-]", word)
        return len(pieces) > 1 and not any(self.is_strange(piece, language, words) for piece in pieces if piece != "s")

    def _home_words(self, language: str) -> set[str]:
        """The words of the names that texts in a language may have, but not those that are common in another."""
        if language not in self._known:
            names = self.lexicon.at_home.get(language, set())
            self._known[language] = {word for name in names for word in _LATIN_WORD.findall(name) if not is_common(word)}
        return self._known[language]


_LONG_IN_LOWER_CASE = 8


def observe(lexicon: Lexicon, tables: Mapping[str, Words | None], said: Mapping[str, Tokens]) -> Usage:
    """What to look for in the words `said` in each fact, learnt from all of them together."""
    usage = Usage(lexicon)
    seen = {language: set[str]() for language in tables}
    for tokens in said.values():
        for language, words_ in tokens.items():
            if language in seen:
                seen[language].update(words_)
    by_language = {language: words for language, words in tables.items() if words is not None and seen[language]}
    for language, words in by_language.items():
        if "Latin" in words.own:
            usage.small |= {token for token in seen[language] if token.islower()}
    for language, words in by_language.items():
        if "Latin" in words.own:
            usage.proper |= {t for t in seen[language] if t[0].isupper() and t.lower() not in usage.small and not is_common(t)}
    for language, words in by_language.items():
        judge(usage, seen[language], language, words)
    _forgive(usage, said)
    return usage


def judge(usage: Usage, tokens: Iterable[str], language: str, words: Words) -> None:
    """Add what is strange among `tokens` to what is looked for."""
    strange = usage.strange.setdefault(language, set())
    for token in tokens:
        if slip := usage.slip(token, words):
            usage.slips[token] = slip
        if "Latin" not in words.own and token.isascii() and token not in usage.slips and usage.is_strange(token, language, words):
            strange.add(token)


def _forgive(usage: Usage, said: Mapping[str, Tokens]) -> None:
    """Take back what is too frequent to be a slip."""
    wanted = usage.slips.keys() | {slip.right for slip in usage.slips.values()}
    counted: Counter[str] = Counter()
    for tokens in said.values() if wanted else ():
        counted.update(wanted.intersection(chain.from_iterable(tokens.values())))
    for token, slip in list(usage.slips.items()):
        often, name = counted[token], counted[slip.right]
        if slip.why == "letter" and often >= _HABIT and often * _RARER > name:
            del usage.slips[token]
