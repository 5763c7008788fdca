"""Judgements that no single field can make. Each rule is a pure function from a briefing to findings."""

from briefbook.rules.circumstances import Circumstances
from briefbook.rules.finding import Finding
from briefbook.rules.registry import check

__all__ = ["Circumstances", "Finding", "check"]
