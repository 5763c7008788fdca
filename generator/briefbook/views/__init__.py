"""From a briefing and a language to records that hold only finished text, links and charts."""
