"""How values become words in a language: CLDR through Babel, and a file of labels for each language."""
