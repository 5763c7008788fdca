"""What rules may need to know besides the briefing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The day on which a check is made; rules never ask a clock."""

    day: date
