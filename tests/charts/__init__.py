"""Tests of the charts and of their drawing."""
