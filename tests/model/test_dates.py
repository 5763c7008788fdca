"""EDTF: what is a date, what is none and why, what a date can mean, and in which order dates stand."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic_core import PydanticCustomError

from briefbook.model.dates import FORMS, PartialDate, When

LIKE = f"write it like one of: {FORMS}"
MONTHS = "months run from 01 to 12"


def refusal(written: object) -> tuple[str, str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        When.parse(written)
    context = caught.value.context or {}
    return caught.value.type, context["message"], context["hint"]


# As written, as written again, the first and the last day it can mean.
GOOD = [
    ("2024-05-13", "2024-05-13", date(2024, 5, 13), date(2024, 5, 13)),
    ("2024-05", "2024-05", date(2024, 5, 1), date(2024, 5, 31)),
    ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2023-02", "2023-02", date(2023, 2, 1), date(2023, 2, 28)),
    ("2024", "2024", date(2024, 1, 1), date(2024, 12, 31)),
    (2024, "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024~", "2024~", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-05~", "2024-05~", date(2024, 5, 1), date(2024, 5, 31)),
    ("2024-05-13?", "2024-05-13?", date(2024, 5, 13), date(2024, 5, 13)),
    ("2024%", "2024%", date(2024, 1, 1), date(2024, 12, 31)),
    (" 2024-05 ", "2024-05", date(2024, 5, 1), date(2024, 5, 31)),
    ("2000-02-29", "2000-02-29", date(2000, 2, 29), date(2000, 2, 29)),
    ("0001", "0001", date(1, 1, 1), date(1, 12, 31)),
    ("0794-10-22", "0794-10-22", date(794, 10, 22), date(794, 10, 22)),
    ("9999-12-31", "9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ("2024-05-13/2024-06-02", "2024-05-13/2024-06-02", date(2024, 5, 13), date(2024, 6, 2)),
    ("2024-05/2024", "2024-05/2024", date(2024, 5, 1), date(2024, 12, 31)),
    ("2024/2024-05", "2024/2024-05", date(2024, 1, 1), date(2024, 5, 31)),
    ("2019~/2020?", "2019~/2020?", date(2019, 1, 1), date(2020, 12, 31)),
    ("2019/..", "2019/..", date(2019, 1, 1), date.max),
    ("2019/", "2019/..", date(2019, 1, 1), date.max),
    ("../2019", "../2019", date.min, date(2019, 12, 31)),
    ("/2019", "../2019", date.min, date(2019, 12, 31)),
    ("2024-05-13/2024-05-13", "2024-05-13/2024-05-13", date(2024, 5, 13), date(2024, 5, 13)),
]


@pytest.mark.parametrize(("written", "again", "first", "last"), GOOD, ids=str)
def test_a_date_means_what_it_says(written: object, again: str, first: date, last: date) -> None:
    when = When.parse(written)
    assert (again, first, last) == (str(when), when.first(), when.last())


@pytest.mark.parametrize("written", [again for _, again, _, _ in GOOD])
def test_a_date_written_out_is_read_back_as_the_same(written: str) -> None:
    when = When.parse(written)
    assert when == When.parse(str(when))
    assert when is When.parse(when)


# As written, what is said about it, and the right form.
BAD = [
    ("2024-13", "“2024-13” has no such month: 13", MONTHS),
    ("2024-00", "“2024-00” has no such month: 00", MONTHS),
    ("2024-21", "“2024-21” has no such month: 21", MONTHS),
    ("2024-02-30", "“2024-02-30” has no such day: 30", "2024-02 has 29 days"),
    ("2023-02-29", "“2023-02-29” has no such day: 29", "2023-02 has 28 days"),
    ("1900-02-29", "“1900-02-29” has no such day: 29", "1900-02 has 28 days"),
    ("2024-04-31", "“2024-04-31” has no such day: 31", "2024-04 has 30 days"),
    ("2024-04-00", "“2024-04-00” has no such day: 00", "2024-04 has 30 days"),
    ("0000", "“0000”: years start at 0001", ""),
    ("24-05-13", "“24-05-13” is not a date", LIKE),
    ("2024-5-13", "“2024-5-13” is not a date", LIKE),
    ("20240513", "“20240513” is not a date", LIKE),
    ("13 May 2024", "“13 May 2024” is not a date", LIKE),
    ("May 2024", "“May 2024” is not a date", LIKE),
    ("2024年5月", "“2024年5月” is not a date", LIKE),
    ("２０２４", "“２０２４” is not a date", LIKE),
    ("2024-05-13T10:00Z", "“2024-05-13T10:00Z” is not a date", LIKE),
    ("202X", "“202X” is not a date", LIKE),
    ("-0500", "“-0500” is not a date", LIKE),
    ("Y12000", "“Y12000” is not a date", LIKE),
    ("?2024", "“?2024” is not a date", LIKE),
    ("2024-05?-13", "“2024-05?-13” is not a date", LIKE),
    ("2024??", "“2024??” is not a date", LIKE),
    ("", "“” is not a date", LIKE),
    ("..", "“..” is not a date", LIKE),
    ("2024/..~", "“..~” is not a date", LIKE),
    ("2024/05/13", "“2024/05/13” is not a date", LIKE),
    ("2024//2025", "“2024//2025” is not a date", LIKE),
    ("2024/2025/2026", "“2024/2025/2026” is not a date", LIKE),
    ("/", "“/” names neither a start nor an end", LIKE),
    ("../..", "“../..” names neither a start nor an end", LIKE),
    ("2024/2023", "“2024/2023” ends before it starts", "did you mean 2023/2024?"),
    ("2024-05-13/2024-05-12", "“2024-05-13/2024-05-12” ends before it starts", "did you mean 2024-05-12/2024-05-13?"),
    (99, "“99” is not a date", LIKE),
    (12345, "“12345” is not a date", LIKE),
    (True, "a date is expected here", LIKE),
    (None, "a date is expected here", LIKE),
    (2024.0, "a date is expected here", LIKE),
    ({"from": "2024"}, "a date is expected here", LIKE),
]


@pytest.mark.parametrize(("written", "message", "hint"), BAD, ids=str)
def test_what_is_no_date_is_named_with_the_right_form(written: object, message: str, hint: str) -> None:
    assert ("date", message, hint) == refusal(written)


def test_qualifications_are_kept_apart() -> None:
    marks = {mark: PartialDate.parse(f"2024{mark}") for mark in ("", "~", "?", "%")}
    expected = {"": (False, False), "~": (False, True), "?": (True, False), "%": (True, True)}
    assert expected == {mark: (found.uncertain, found.approximate) for mark, found in marks.items()}


def test_dates_stand_in_the_order_of_time_and_the_more_precise_first() -> None:
    expected = [
        "../2018", "2018-12-31", "2019-01-01", "2019-01-01/2019-01-05", "2019-01", "2019-01~", "2019", "2019/2020",
        "2019/..", "2019-01-02", "2019-12",
    ]
    backwards = list(reversed(expected))
    assert expected == sorted(backwards, key=lambda written: When.parse(written).sort_key())


def test_an_open_start_stands_at_its_end() -> None:
    """What was so until 2019 does not belong before everything else."""
    assert When.parse("2018").sort_key() < When.parse("../2019").sort_key()
