"""“Did you mean …?”: the name nearest to a wrong one, found fast among very many, and asked for very often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

# Of names that share most pairs of letters with the wrong one, so many are compared letter by letter.
_COMPARED = 60
# Nobody reads more hints than that, and ten thousand wrong names would take minutes.
_MOST = 500
_LONGEST = 200


class Suggestions:
    """Knows the right names, and gives the nearest to a wrong one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._with: dict[str, list[int]] = {}
        self._given: dict[str, str | None] = {}
        if len(self._names) > _COMPARED:
            for position, name in enumerate(self._names):
                for pair in _pairs(name):
                    self._with.setdefault(pair, []).append(position)

    def hint(self, wrong: str) -> str | None:
        """A hint that names the nearest, or None where nothing is near, or after very many questions."""
        if wrong not in self._given and len(self._given) < _MOST:
            self._given[wrong] = self._nearest(wrong)
        near = self._given.get(wrong)
        return f"did you mean “{near}”?" if near else None

    def _nearest(self, wrong: str) -> str | None:
        if len(wrong) > _LONGEST:
            return None
        return next(iter(get_close_matches(wrong, self._candidates(wrong), n=1, cutoff=0.6)), None)

    def _candidates(self, wrong: str) -> list[str]:
        if not self._with:
            return self._names
        shared = Counter(position for pair in _pairs(wrong) for position in self._with.get(pair, ()))
        likely = sorted(shared, key=lambda n: (-shared[n] / (len(self._names[n]) + len(wrong)), n))
        return [self._names[position] for position in likely[:_COMPARED]]


@lru_cache(maxsize=256)
def suggestions(names: tuple[str, ...]) -> Suggestions:
    """Those for a fixed list of names, such as the fields of a record."""
    return Suggestions(names)


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)} or {name}
