"""What a briefing is: actors, events, disputes, figures, sources and terms. Knows no files, no words, no host."""
