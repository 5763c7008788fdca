"""Facts judged in several processes: the same is found, whatever becomes of the others."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence

import pytest

from briefbook.rules import sharing
from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry

IDS = frozenset(f"fact-{n}" for n in range(300))
HERE = os.getpid()


def inquiry(name: str) -> Inquiry:
    def judge(among: Container[str]) -> Iterator[Finding]:
        yield from (Finding(name, id_, ("title",), str(os.getpid())) for id_ in sorted(IDS) if id_ in among)

    return Inquiry(name, judge)


def asked(inquiries: Sequence[Inquiry], *ids: frozenset[str]) -> list[list[str]]:
    return [sorted(found.fact for found in answers) for answers in sharing.ask_all(inquiries, ids)]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes, also for few facts, and although pytest has threads of its own."""
    monkeypatch.setattr(sharing, "_WORTH_IT", 10)
    monkeypatch.setattr(sharing, "_processors", lambda: 3)
    monkeypatch.setattr(sharing.threading, "active_count", lambda: 1)
    if sharing._doubling() is None:
        pytest.skip("no process can be doubled here")


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.usefixtures("several")
class TestSeveral:
    def test_every_fact_is_judged_once_by_each_rule(self) -> None:
        few = frozenset({"fact-1", "fact-7"})
        assert [sorted(IDS), sorted(few), []] == asked([inquiry("A"), inquiry("B"), inquiry("C")], IDS, few, frozenset())

    def test_other_processes_take_their_share(self) -> None:
        begun, begin = os.pipe()
        waited = []

        def judge(among: Container[str]) -> Iterator[Finding]:
            if os.getpid() != HERE:
                os.write(begin, b"x")
            elif not waited:
                waited.append(os.read(begun, 1))  # until another has begun
            yield from inquiry("A").judge(among)

        (found,) = sharing.ask_all([Inquiry("A", judge)], [IDS])
        os.close(begun)
        os.close(begin)
        assert {one.message for one in found} - {str(HERE)}

    def test_what_a_process_leaves_undone_is_done_here(self) -> None:
        def judge(among: Container[str]) -> Iterator[Finding]:
            if os.getpid() != HERE:
                os._exit(1)
            yield from inquiry("A").judge(among)

        assert [sorted(IDS)] == asked([Inquiry("A", judge)], IDS)

    def test_what_goes_wrong_is_told_here(self, capfd: pytest.CaptureFixture[str]) -> None:
        def judge(among: Container[str]) -> Iterator[Finding]:
            if "fact-99" in among:
                raise LookupError("a mistake in a rule")
            yield from inquiry("A").judge(among)

        with pytest.raises(LookupError, match="a mistake in a rule"):
            asked([Inquiry("A", judge)], IDS)
        assert "" == capfd.readouterr().err


def test_few_facts_are_judged_here() -> None:
    (found,) = sharing.ask_all([inquiry("A")], [IDS])
    assert {str(os.getpid())} == {one.message for one in found}
