"""What changed from one briefing to another, by meaning: typed records, without words and without a host."""

from briefbook.comparison.briefings import compare
from briefbook.comparison.change import Category, Change, ChangeKind, Importance

__all__ = ["Category", "Change", "ChangeKind", "Importance", "compare"]
