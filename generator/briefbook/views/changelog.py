"""The page of changes: what became different since the last edition, then edition by edition, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from briefbook.views import addresses
from briefbook.views.blocks import Record, crumbs_home, foot_of, head_of
from briefbook.views.desk import Desk
from briefbook.views.stages import MOST_IN_FULL, StageBlock, stage_block, summary_line
from briefbook.wording.markdown import Md


@dataclass(frozen=True, slots=True)
class ChangesPage(Record):
    """What changed: stages in full, older editions in a line each, and how to follow."""

    intro: Md
    follow: Md
    stages: tuple[StageBlock, ...]
    older: tuple[Md, ...]


def changes_page(desk: Desk) -> ChangesPage:
    """The page of changes in one language; there must be an edition."""
    history = desk.history
    assert history is not None
    stages = [stage for _, stage in history.editions]
    shown = [*filter(None, [history.pending]), *stages[:MOST_IN_FULL]]
    fields = {
        "intro": desk.label("changes.intro"),
        "follow": desk.to(addresses.feed_of(desk.uri), desk.label("changes.follow")),
        "stages": tuple(stage_block(desk, stage) for stage in shown),
        "older": tuple(summary_line(desk, stage) for stage in stages[MOST_IN_FULL:]),
    }
    head = head_of(desk, desk.label("page.changes"), crumbs_home(desk))
    return ChangesPage(head=head, foot=foot_of(desk), referrers=(), **fields)  # type: ignore[arg-type]
