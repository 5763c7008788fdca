"""Many facts judged in several processes at once, each taking its share.

Only where that pays and is safe: with many facts, on more than one processor, where a process can be doubled as it stands
(`fork`) and nothing else is going on in it. Everywhere else, and where a process ends early, all is judged in this one.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext

from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry

# So many questions (one rule, one fact) are worth a process of their own; and more processes than this gain little.
_WORTH_IT, _MOST = 5_000, 8

Asked = Sequence[frozenset[str]]


def ask_all(inquiries: Sequence[Inquiry], asked: Asked) -> list[list[Finding]]:
    """What each inquiry finds in the facts it is `asked` about."""
    context = _doubling()
    number = min(_processors(), _MOST, sum(map(len, asked)) // _WORTH_IT) if context else 1
    if context is None or number < 2:
        return ask_here(inquiries, asked)
    shares = [[frozenset(sorted(ids)[n::number]) for ids in asked] for n in range(number)]
    others = [_elsewhere(context, inquiries, share) for share in shares[1:]]
    found = [ask_here(inquiries, shares[0])]
    found += [_received(other, inquiries, share) for other, share in zip(others, shares[1:], strict=True)]
    return [[finding for answers in found for finding in answers[n]] for n in range(len(inquiries))]


def ask_here(inquiries: Sequence[Inquiry], asked: Asked) -> list[list[Finding]]:
    """The same, in this process."""
    return [list(inquiry.judge(ids)) for inquiry, ids in zip(inquiries, asked, strict=True)]


def _elsewhere(context: ForkContext, inquiries: Sequence[Inquiry], asked: Asked) -> Connection:
    """Have another process answer, and where its answers will come from."""
    here, there = context.Pipe(duplex=False)
    context.Process(target=_send, args=(there, inquiries, asked), daemon=True).start()
    there.close()
    return here


def _send(answers_to: Connection, inquiries: Sequence[Inquiry], asked: Asked) -> None:
    # What goes wrong here goes wrong again where it can be told.
    with suppress(Exception, KeyboardInterrupt):
        answers_to.send(ask_here(inquiries, asked))


def _received(other: Connection, inquiries: Sequence[Inquiry], asked: Asked) -> list[list[Finding]]:
    try:
        answers: list[list[Finding]] = other.recv()
    except (EOFError, OSError):
        return ask_here(inquiries, asked)
    return answers


def _doubling() -> ForkContext | None:
    """How this process can be doubled; None where it cannot, or not safely."""
    safe = sys.platform != "darwin" and threading.active_count() == 1
    return multiprocessing.get_context("fork") if safe and "fork" in multiprocessing.get_all_start_methods() else None


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
