"""What readers can choose on the timeline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from briefbook.site import Settings, open_site
from briefbook.views.desk import Desk
from briefbook.views.timeline import years_between

HARBOUR = Path(__file__).parents[1] / "cases" / "sites" / "harbour"


def desk(code: str, cache: Path) -> Desk:
    site = open_site(Settings(HARBOUR, ("en", "ja"), HARBOUR / "facts", HARBOUR / "pages", cache, HARBOUR / "overrides"))
    return Desk(site.briefing, site.languages, code, f"{code}/timeline.md")


def test_months_from_the_first_to_the_last(tmp_path: Path) -> None:
    years = list(years_between(desk("ja", tmp_path), date(2023, 11, 30), date(2024, 2, 1)))
    assert ["2023年", "2024年"] == [year.year.words for year in years]
    assert [["2023-11", "2023-12"], ["2024-01", "2024-02"]] == [[month.value for month in year.months] for year in years]
    assert "2023年11月" == years[0].months[0].words


def test_centuries_are_chosen_by_years_alone(tmp_path: Path) -> None:
    years = list(years_between(desk("en", tmp_path), date(987, 5, 1), date(1200, 1, 1)))
    assert (214, "0987-01", "987") == (len(years), years[0].year.value, years[0].year.words)
    assert not any(year.months for year in years)
