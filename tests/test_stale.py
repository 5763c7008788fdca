"""What has become stale by a day: found by the checks, told to people, and in the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefbook.cli import main
from briefbook.scaffolding import create_site

PASSED = "content/facts/events.yml:85:11: info [H304]"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site; its briefing is of 30 September 2025 and awaits a decision on 28 November."""
    create_site(tmp_path / "site", ["en", "ja"])
    return tmp_path / "site"


def stale(site: Path, day: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["stale", "-f", str(site / "mkdocs.yml"), "--date", day, *options])


@pytest.mark.parametrize("style", ["text", "markdown"])
def test_nothing_is_stale_on_the_briefings_own_day(site: Path, style: str) -> None:
    done = stale(site, "2025-09-30", "--format", style)
    assert (0, "", "Nothing is stale on 2025-09-30.\n") == (done.exit_code, done.stdout, done.stderr)


def test_a_plan_is_stale_once_its_day_has_passed(site: Path) -> None:
    assert 0 == stale(site, "2025-11-28").exit_code
    done = stale(site, "2025-11-29")
    assert (1, True, "Stale on 2025-11-29: 1 × H304.\n") == (done.exit_code, PASSED in done.stdout, done.stderr)


def test_what_nobody_looked_at_and_translations_behind_are_told_too(site: Path) -> None:
    CliRunner().invoke(main, ["translations", "-f", str(site / "mkdocs.yml"), "--accept"])
    terms = site / "content" / "facts" / "terms.yml"
    terms.write_text(terms.read_text(encoding="utf-8").replace("definition:\n      en: ", "definition:\n      en: New, ", 1), encoding="utf-8")
    done = stale(site, "2026-05-28", "--format", "markdown")
    assert (1, "Stale on 2026-05-28: 1 × H304, 1 × E405, 1 × S601.\n") == (done.exit_code, done.stderr)
    assert 3 == done.stdout.count("\n### ") == done.stdout.count("\n- [ ] `content/facts/")
    assert "“definition” in “ja” may be out of date" in done.stdout


def test_what_the_site_does_not_want_to_hear_of_is_not_told(site: Path) -> None:
    settings = site / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("- briefbook:\n", "- briefbook:\n      ignore: [H304, E405]\n"), encoding="utf-8")
    assert 0 == stale(site, "2026-05-28").exit_code


def test_an_error_is_the_business_of_check(site: Path) -> None:
    about = site / "content" / "facts" / "briefing.yml"
    about.write_text(about.read_text(encoding="utf-8").replace("as_of: 2025-09-30", "as_of: 2025-12-01"), encoding="utf-8")
    assert 0 == stale(site, "2025-12-01").exit_code
    assert "error [H304]" in CliRunner().invoke(main, ["check", "-f", str(site / "mkdocs.yml")]).stdout


def test_an_issue_lists_no_more_than_is_read(site: Path) -> None:
    facts = "".join(
        f"  t{n}:\n    name: {{en: term {n}, ja: 用語{n}}}\n    definition: {{en: Thing {n}., ja: 物{n}。}}\n    checked: 2025-01-01\n" for n in range(60)
    )
    (site / "content" / "facts" / "many.yml").write_text(f"terms:\n{facts}", encoding="utf-8")
    done = stale(site, "2025-11-01", "--format", "markdown")
    assert (40, True) == (done.stdout.count("- [ ] "), "… and 20 more." in done.stdout)
    assert 60 == stale(site, "2025-11-01").stdout.count("[E405]")
