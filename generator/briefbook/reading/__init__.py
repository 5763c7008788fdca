"""From YAML files to a briefing, with the place of every value kept and every error collected."""
