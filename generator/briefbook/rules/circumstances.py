"""What rules may need to know besides the briefing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefbook.model.fingerprints import NOTHING_AGREED, Lock


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The day on which a check is made (rules never ask a clock), and which wordings were last seen to agree."""

    day: date
    agreed: Lock = NOTHING_AGREED
