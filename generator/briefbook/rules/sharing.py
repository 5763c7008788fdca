"""Many facts judged in several processes at once, each taking one share after the other until none is left.

Only where that pays and is safe: with many facts, on more than one processor, where a process can be doubled as it stands
(`fork`) and nothing else is going on in it. Everywhere else, and where a process ends early, all is judged in this one.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext
from typing import Self

from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry

# So many questions (one rule, one fact) are worth a process of their own; and more processes than this gain little.
_WORTH_IT, _MOST = 5_000, 8
# Small shares, so that a process on a busy processor does not keep the others waiting.
_SHARES = 64

Asked = Sequence[frozenset[str]]
Answers = list[list[Finding]]


def ask_all(inquiries: Sequence[Inquiry], asked: Asked) -> Answers:
    """What each inquiry finds in the facts it is `asked` about."""
    context = _doubling()
    number = min(_processors(), _MOST, sum(map(len, asked)) // _WORTH_IT)
    if context is None or number < 2:
        return ask_here(inquiries, asked)
    ordered = [sorted(ids) for ids in asked]
    shares = [[frozenset(ids[n::_SHARES]) for ids in ordered] for n in range(_SHARES)]
    with _Tickets(len(shares)) as tickets:
        others = [_elsewhere(context, tickets, inquiries, shares) for _ in range(number - 1)]
        found = {n: ask_here(inquiries, shares[n]) for n in tickets.taken()}
        for other in others:
            with suppress(EOFError, OSError):
                found |= other.recv()
    # What a process took and did not answer.
    found |= {n: ask_here(inquiries, share) for n, share in enumerate(shares) if n not in found}
    return [[finding for n in range(len(shares)) for finding in found[n][m]] for m in range(len(inquiries))]


def ask_here(inquiries: Sequence[Inquiry], asked: Asked) -> Answers:
    """The same, in this process."""
    return [list(inquiry.judge(ids)) for inquiry, ids in zip(inquiries, asked, strict=True)]


class _Tickets:
    """Numbers of shares, each taken by one process and no other: bytes in a pipe that all of them read."""

    def __init__(self, number: int) -> None:
        self._read, write = os.pipe()
        os.write(write, bytes(range(number)))
        os.close(write)

    def taken(self) -> Iterator[int]:
        """The next number, as long as there is one."""
        while ticket := os.read(self._read, 1):
            yield ticket[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._read)


def _elsewhere(context: ForkContext, tickets: _Tickets, inquiries: Sequence[Inquiry], shares: Sequence[Asked]) -> Connection:
    """Have another process take shares, and where its answers will come from."""
    here, there = context.Pipe(duplex=False)
    context.Process(target=_answer, args=(there, tickets, inquiries, shares), daemon=True).start()
    there.close()
    return here


def _answer(answers_to: Connection, tickets: _Tickets, inquiries: Sequence[Inquiry], shares: Sequence[Asked]) -> None:
    # What goes wrong here goes wrong again where it can be told.
    with suppress(Exception, KeyboardInterrupt):
        answers_to.send({n: ask_here(inquiries, shares[n]) for n in tickets.taken()})


def _doubling() -> ForkContext | None:
    """How this process can be doubled; None where it cannot, or not safely."""
    safe = sys.platform != "darwin" and threading.active_count() == 1
    return multiprocessing.get_context("fork") if safe and "fork" in multiprocessing.get_all_start_methods() else None


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
