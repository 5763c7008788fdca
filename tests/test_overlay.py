"""What lies over pages of a site that cannot be built: all that is known of why, harmless, in the language of the page."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from jinja2 import DictLoader, Environment, FileSystemLoader, TemplateError
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from briefbook.diagnostics import Excerpt
from briefbook.overlay import MOST, BrokenError, Failure, Trouble, failure_of, overlay
from briefbook.preview import Preview, _kept, _listening
from briefbook.site import Settings, open_site
from briefbook.wording.labels import load_labels
from briefbook.wording.language import Language

HERE = Path(__file__).parent


def language(code: str) -> Language:
    return Language(code, load_labels(code)[0])


def shown(failure: Failure, code: str = "en", *, over_a_page: bool = True) -> str:
    """The overlay without its style sheet and script."""
    markup = overlay(failure, language(code), over_a_page=over_a_page)
    return re.sub(r"<(style|script)>.*?</\1>", "", markup, flags=re.DOTALL)


def after(first: BaseException, then: BaseException) -> BaseException:
    """The second error as it is when it was raised while the first was being dealt with."""
    then.__context__ = first
    return then


# ---- What is known of why


def test_findings_come_with_all_they_say(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "a.yml").write_text("terms:\n  a: {name: a, definiton: b}\n", encoding="utf-8")
    site = open_site(Settings(tmp_path, ("en",), tmp_path / "facts", tmp_path / "pages", tmp_path / "cache"))
    failure = failure_of(after(BrokenError("errors", site), Abort("over")), ["logged"], tmp_path)
    told = {trouble.code: trouble for trouble in failure.errors}["F001"]
    assert ("facts/a.yml:2:16", Excerpt(2, "  a: {name: a, ", "definiton: b}")) == (told.place, told.excerpt)
    assert "definition" in told.hint
    page = shown(failure)
    assert [] == [words for words in ("F001", told.place, "<mark>d</mark>efiniton", "did you mean") if words not in page]


def test_a_settings_file_says_where() -> None:
    path = HERE / "mkdocs.yml"
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        yaml.safe_load("a: 1\nb: [\n")
    assert caught.value.problem_mark
    caught.value.problem_mark.name = str(path)
    failure = failure_of(after(caught.value, ConfigurationError("long words")), [], HERE)
    assert ("mkdocs.yml:3:1", None) == (failure.errors[0].place, failure.errors[0].excerpt)


@pytest.mark.parametrize(("text", "place", "message"), [
    ("one\n{% if %}", "own/a.html:2", "Expected an expression"),
    ("one\ntwo\n{{ nobody.x }}", "own/a.html:3", "UndefinedError: 'nobody' is undefined"),
    ("one\n{{ 1 / 0 }}", "own/a.html:2", "ZeroDivisionError: division by zero"),
])
def test_a_template_says_in_which_line(tmp_path: Path, text: str, place: str, message: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.html").write_text(text, encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path / "own"), autoescape=True)
    with pytest.raises((TemplateError, ZeroDivisionError)) as caught:
        environment.get_template("a.html").render()
    trouble = failure_of(caught.value, [], tmp_path).errors[0]
    assert (place, True, False) == (trouble.place, trouble.message.startswith(message), trouble.exact)
    assert trouble.excerpt
    assert text.splitlines()[trouble.excerpt.number - 1] == trouble.excerpt.before + trouble.excerpt.after
    assert "<mark>" not in shown(Failure([trouble])), "the column is not known"


def test_a_template_that_is_no_file_goes_by_its_name() -> None:
    environment = Environment(loader=DictLoader({"term.md": "{{ a"}), autoescape=True)
    with pytest.raises(TemplateError) as caught:
        environment.get_template("term.md")
    assert "term.md:1" == failure_of(caught.value, [], HERE).errors[0].place


def test_of_another_error_all_is_told_that_was_logged() -> None:
    assert ["one", "two\nlines"] == [t.message for t in failure_of(Abort("over"), ["one", "two\nlines\n"], HERE).errors]
    assert ["over"] == [t.message for t in failure_of(PluginError("over"), [], HERE).errors]
    assert ["KeyError: 'x'"] == [t.message for t in failure_of(KeyError("x"), ["logged"], HERE).errors]


def test_only_where_no_error_was_logged_the_warnings_are_the_reason() -> None:
    log = logging.getLogger("mkdocs.plugins.some")
    with _listening() as listener:
        log.warning("a warning")
        assert ["a warning"] == listener.heard
        log.error("an %s", "error")
        assert ["an error"] == listener.heard


# ---- How it is shown


def test_nothing_an_author_wrote_becomes_markup() -> None:
    evil = "<script>alert(1)</script>\"'&</template></dialog>"
    page = shown(Failure([Trouble(evil, evil, evil, evil, Excerpt(1, evil, evil))], [Trouble(evil)]))
    assert ("<script" in page, 1, 1) == (False, page.count("</template>"), page.count("</dialog>"))
    assert 7 == page.count("script&gt;alert(1)"), "each is there once"


def test_characters_that_change_the_direction_are_made_visible() -> None:
    trouble = failure_of(PluginError("a\N{RIGHT-TO-LEFT OVERRIDE}b"), [], HERE).errors[0]
    assert "a\N{REPLACEMENT CHARACTER}b" == trouble.message


def test_a_spot_behind_the_end_of_a_line_can_be_seen() -> None:
    assert "abc<mark>\N{NO-BREAK SPACE}</mark></bdi>" in shown(Failure([Trouble("x", excerpt=Excerpt(1, "abc", ""))]))


def test_of_very_many_the_first_are_shown_and_all_are_counted() -> None:
    page = shown(Failure([Trouble(f"trouble {number}.") for number in range(MOST + 1000)]))
    assert (MOST, True, True) == (page.count('class="message"'), "1,200 errors" in page, "The first 200 are shown" in page)
    assert "The first" not in shown(Failure([Trouble("one")]))


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ja", "ltr"), ("ar", "rtl")])
def test_its_own_words_are_those_of_the_page_and_findings_are_english(code: str, direction: str) -> None:
    page = shown(Failure([Trouble("wrong", hint="right")]), code)
    assert f'lang="{code}" dir="{direction}"' in page
    assert '<li lang="en" dir="ltr">' in page
    words = language(code).labels
    assert [] == [words[name] for name in ("preview.title", "preview.beneath", "preview.close") if words[name] not in page]


def test_where_there_is_no_page_none_is_promised() -> None:
    words = language("en").labels
    page = shown(Failure([Trouble("wrong")]), over_a_page=False)
    assert (True, False, False) == tuple(words[f"preview.{name}"] in page for name in ("waiting", "beneath", "close"))


# ---- The last good site


def test_a_site_comes_back_when_its_successor_fails(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("good")
    with suppress(KeyboardInterrupt), _kept(site):
        (site / "index.html").write_text("half")
        raise KeyboardInterrupt
    assert "good" == (site / "index.html").read_text()
    with _kept(site):
        assert [] == list(site.iterdir())
        (site / "new.html").write_text("new")
    assert [site / "new.html", site] == sorted(tmp_path.rglob("*"), reverse=True)


def test_a_site_that_cannot_be_put_aside_is_built_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("briefbook.preview.os.rename", refuse)
    (tmp_path / "index.html").write_text("good")
    with _kept(tmp_path):
        (tmp_path / "index.html").write_text("new")
    assert "new" == (tmp_path / "index.html").read_text()


def test_a_site_without_languages_is_spoken_of_in_english() -> None:
    preview = Preview(dirty=False)
    preview.speaks([])
    assert ["en"] == list(preview.languages)
