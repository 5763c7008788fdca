"""One file of facts: what it says at once, and where that stands only when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from briefbook.diagnostics import Diagnostic, Place
from briefbook.reading.binding import Spot, find
from briefbook.reading.quickly import Doubtful, read_quickly
from briefbook.reading.yamltree import Data, Node, read_tree


@dataclass
class Sheet:
    """A file as it was read."""

    name: str
    text: str

    @property
    def data(self) -> Data:
        """What the file says, as far as that could be read."""
        return self._said[0]

    @property
    def found(self) -> list[Diagnostic]:
        """What is wrong with its YAML."""
        return self._said[1]

    @cached_property
    def _said(self) -> tuple[Data, list[Diagnostic]]:
        try:
            return read_quickly(self.text), []
        except Doubtful:
            tree, found = self._read
            return None if tree is None else tree.data(), found

    @property
    def tree(self) -> Node | None:
        """The same with the place of everything."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[Node | None, list[Diagnostic]]:
        return read_tree(self.text, self.name)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on a sheet: under which keys it stands, and what it says."""

    sheet: Sheet
    path: tuple[str, ...] = ()
    data: Data = None

    @property
    def spot(self) -> Spot:
        """The record's nodes. Asked for where something is wrong with it."""
        assert self.sheet.tree is not None, "there is no record without a tree to stand in"
        return find(Spot(Place(self.sheet.name), self.sheet.tree), self.path)

    @property
    def key(self) -> Place:
        """Where its key stands."""
        return self.spot.key
