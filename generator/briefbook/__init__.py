"""briefbook: facts in, briefing site out."""

__version__ = "0.1.0"
