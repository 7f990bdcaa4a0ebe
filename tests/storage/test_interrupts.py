"""An interrupt comes before a save or not at all."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

import pytest

from llmpath.storage.interrupts import Interrupts

pytestmark = [
    pytest.mark.usefixtures("interruptible"),
    pytest.mark.skipif(
        sys.platform == "win32", reason="Windows cannot hold interrupts"
    ),
]


def held_signals() -> set[int]:
    return {*signal.pthread_sigmask(signal.SIG_BLOCK, ())}


def test_an_interrupt_that_is_held_does_not_happen_and_is_gone_afterwards() -> None:
    reached = []

    with Interrupts() as interrupts:
        interrupts.hold()
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.raise_signal(each)
        reached.append("the report")

    assert reached == ["the report"]
    assert not signal.sigpending()


def test_an_interrupt_before_is_not_held() -> None:
    with Interrupts(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("is_held", [True, False])
def test_afterwards_signals_are_held_as_before(*, is_held: bool) -> None:
    before = held_signals()

    with suppress(KeyError), Interrupts() as interrupts:
        if is_held:
            interrupts.hold()
            interrupts.hold()
        assert (signal.SIGINT in held_signals()) is is_held
        raise KeyError

    assert held_signals() == before


def test_until_the_end_of_the_process_nothing_is_let_through() -> None:
    before = held_signals()
    try:
        with Interrupts(until_end=True) as interrupts:
            interrupts.hold()
        signal.raise_signal(signal.SIGINT)
        assert signal.sigwait({signal.SIGINT}) == signal.SIGINT
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_a_signal_that_was_held_before_stays_for_whoever_held_it() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        with Interrupts() as interrupts:
            interrupts.hold()
            signal.raise_signal(signal.SIGHUP)
        waiting = signal.sigpending()
        signal.sigwait({signal.SIGHUP})
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})

    assert signal.SIGHUP in waiting
