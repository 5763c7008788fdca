"""Charts: finished rows in, a Vega-Lite chart out. Knows no briefing and no language; one chart a module."""
