"""Quantities in running text, read as the people of a language write them, and compared between languages."""

from briefbook.rules.quantities.matching import Comparison, compare
from briefbook.rules.quantities.quantity import Family, Quantity, Reading
from briefbook.rules.quantities.reading import read
from briefbook.rules.quantities.tables import table_of
from briefbook.rules.quantities.visible import visible

__all__ = ["Comparison", "Family", "Quantity", "Reading", "compare", "read", "table_of", "visible"]
