"""PO files: what goes out to translators comes back as it was, whatever it says."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.model.text import LocalText
from briefbook.pofiles import export_po, messages_of, read_catalog
from briefbook.poimport import import_po
from briefbook.site import Settings, Site, open_site

# Everything that a PO file or a YAML file gives a meaning to, and other scripts.
TEXTS = st.text("ab é漢あ𠮷😀\u0301\u200f-:#,.?&*!|>'\"%@`{}[]~=\\n0\n\t", min_size=1, max_size=40).filter(str.strip)


def opened(folder: Path, facts: dict[str, object] | None = None) -> Site:
    home = folder / "content" / "facts"
    home.mkdir(parents=True, exist_ok=True)
    if facts is not None:
        (home / "facts.yml").write_text(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return open_site(Settings(folder, ("en", "ja"), home, folder / "content" / "pages", folder / ".cache"))


def terms(texts: list[tuple[str, str]], *, japanese: bool) -> dict[str, object]:
    both = [{"en": en, "ja": ja} if japanese else {"en": en} for en, ja in texts]
    return {"terms": {f"t{n}": {"name": "T", "definition": text} for n, text in enumerate(both)}}


def japanese_of(site: Site) -> list[str | None]:
    texts = [getattr(fact, "definition", None) for fact in site.briefing.facts.values()]
    return [text.by_language.get("ja") for text in texts if isinstance(text, LocalText)]


def folded(text: str) -> str:
    """As texts are read."""
    return " ".join(text.split())


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_there_and_back_changes_no_byte(texts: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export_po(opened(folder, terms(texts, japanese=True)), "ja", folder / "ja.po")
        before = (folder / "content/facts/facts.yml").read_bytes()
        report = import_po(opened(folder), folder / "ja.po")
        assert ((), (), ()) == (report.written, report.skipped, report.files)
        assert before == (folder / "content/facts/facts.yml").read_bytes()


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_what_translators_write_arrives_or_is_told(texts: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export_po(opened(folder, terms(texts, japanese=True)), "ja", folder / "ja.po")
        assert [folded(ja) for _, ja in texts] == [str(message.string) for message in messages_of(read_catalog(folder / "ja.po"))]
        # Somebody has taken all translations out meanwhile; the file that came back knows none that was there before.
        po = (folder / "ja.po").read_text(encoding="utf-8")
        (folder / "ja.po").write_text("".join(_unbased(line) for line in po.splitlines(keepends=True)), encoding="utf-8")
        report = import_po(opened(folder, terms(texts, japanese=False)), folder / "ja.po")
        assert len(texts) == len(report.written) + len(report.skipped)
        arrived = japanese_of(opened(folder))
        told = {remark.text.split("/")[0] for remark in report.skipped}
        expected = [None if f"t{n}" in told else folded(ja) for n, (_, ja) in enumerate(texts)]
        assert expected == arrived


def _unbased(line: str) -> str:
    return "#. briefbook: ja missing\n" if line.startswith("#. briefbook:") else line
