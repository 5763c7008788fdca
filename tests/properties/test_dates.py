"""Dates: what is printed reads as the same, whatever is typed is a date or is refused, and a fix is a date."""

from __future__ import annotations

import calendar
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from briefbook.fixing import as_date
from briefbook.model.dates import PartialDate, When


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """A year, month or day there is, with any mark."""
    year = draw(st.integers(1, 9999))
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, calendar.monthrange(year, month)[1])) if month else None
    return PartialDate(year, month, day, uncertain=draw(st.booleans()), approximate=draw(st.booleans()))


@st.composite
def whens(draw: st.DrawFn) -> When:
    """A date, or an interval that may be open."""
    one, other = draw(partial_dates()), draw(partial_dates())
    start, end = (one, other) if one.first() <= other.last() else (other, one)
    return draw(st.sampled_from([
        When(one, one), When(start, end, interval=True), When(start, None, interval=True), When(None, end, interval=True)
    ]))


@given(whens())
def test_what_is_printed_reads_as_the_same(when: When) -> None:
    assert when == When.parse(str(when))


@given(whens())
def test_what_is_printed_fits_the_schema(when: When) -> None:
    patterns = [form["pattern"] for form in TypeAdapter(When).json_schema()["anyOf"] if "pattern" in form]
    assert any(re.search(pattern, str(when)) for pattern in patterns)


@given(whens())
def test_the_first_day_is_not_after_the_last(when: When) -> None:
    assert date.min <= when.first() <= when.last() <= date.max
    assert when.first() <= when.sort_key()[0] <= when.last()


TYPED = st.text("0123456789-/.~?% 年月日２０–", max_size=24) | st.text(max_size=12) | st.integers() | st.none() | st.booleans()


@given(TYPED)
def test_whatever_is_typed_is_a_date_or_is_refused(typed: object) -> None:
    try:
        when = When.parse(typed)
    except PydanticCustomError:
        return
    assert when == When.parse(str(when))


@given(st.text("0123456789-/.~?% 年月日２０–−", max_size=24))
def test_a_fix_is_a_date_and_needs_none_itself(typed: str) -> None:
    if meant := as_date(typed):
        assert str(When.parse(meant))
        assert as_date(meant) is None
