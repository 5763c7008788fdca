"""References to editions, as programs read them: nothing that an author typed can break out of them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from briefbook.views.citing import Reference, as_code


def reference(title: str, url: str = "https://b.example/en/editions/2026-07-01/") -> Reference:
    return Reference(title, "en", "2026-07-01", date(2026, 7, 1), "Edition of 1 July 2026", url)


def test_bibtex() -> None:
    expected = """\
@misc{the-quay-4-dispute-2026-07-01-en,
  title = {{The Quay 4 dispute}},
  edition = {2026-07-01},
  note = {Edition of 1 July 2026},
  url = {https://b.example/en/editions/2026-07-01/},
  date = {2026-07-01},
  year = {2026},
  month = {7},
  langid = {en}
}
"""
    assert expected == reference("The Quay 4 dispute").bibtex()


def test_csl() -> None:
    item, = json.loads(reference("The Quay 4 dispute").csl())
    expected = {
        "id": "the-quay-4-dispute-2026-07-01-en", "type": "webpage", "title": "The Quay 4 dispute", "version": "2026-07-01",
        "note": "Edition of 1 July 2026", "issued": {"date-parts": [[2026, 7, 1]]}, "language": "en",
        "URL": "https://b.example/en/editions/2026-07-01/",
    }
    assert expected == item


def test_without_an_address_none_is_given() -> None:
    assert "url" not in reference("x y", "").bibtex()
    assert "URL" not in json.loads(reference("x y", "").csl())[0]


@pytest.mark.parametrize("title", ["マイクロソフトとオープンAIの対立", "対立", "…"])
def test_a_title_in_another_script_has_a_key_in_ascii(title: str) -> None:
    assert "briefing-2026-07-01-en" == reference(title).key


@pytest.mark.parametrize("title", ["50% of {A} & B_C #1 ~ $5 ^ \\input{x}", "}, note = {", "a}b{c"])
def test_what_means_something_to_tex_is_escaped(title: str) -> None:
    bibtex = reference(title).bibtex()
    body = re.sub(r"\\(?:textbackslash\{\}|textasciitilde\{\}|textasciicircum\{\}|[&%$#_{}])", "", bibtex)
    assert body.count("{") == body.count("}")
    assert "\\" not in body
    title_line, = (line for line in body.split("\n") if line.startswith("  title = "))
    assert re.fullmatch(r"  title = \{\{[^{}\\%$#&_~^]*\}\},", title_line)


def test_code_stays_code() -> None:
    assert "    a\n    ```\n    \n    # b" == as_code("a\n```\n\n# b\n")
