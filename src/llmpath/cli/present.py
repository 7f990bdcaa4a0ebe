"""The present of a run: the clock's, or the one given by `--today`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from llmpath.clock import local_now, uptime
from llmpath.core.when import parse_day
from llmpath.errors import UsageError
from llmpath.named_tuple import NamedTuple

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""As for every other date that is typed."""


class Present(NamedTuple):
    """Now, aware, and whether it was given rather than read."""

    now: datetime
    is_given: bool

    def study_day(self, day_ends: int) -> date:
        """The study day; it ends `day_ends` minutes after midnight."""
        return (self.now - timedelta(minutes=day_ends)).date()

    def uptime(self) -> tuple[str, float] | None:
        """The clock that nobody sets, with the start of the machine before it.

        None where the present is given, and on systems without such a clock.
        """
        return None if self.is_given else uptime()


def find_present(given: str | None) -> Present:
    """The present of this run.

    Args:
        given: A date, which means its noon here, or a date-time with its offset.

    Raises:
        UsageError: The text is neither.
    """
    clock = local_now()
    if given is None:
        return Present(clock, is_given=False)
    if "T" in given and given[:4].isdigit():
        return Present(parse_instant(given), is_given=True)
    day = parse_day(given, clock.date())
    return Present(datetime.combine(day, time(12)).astimezone(), is_given=True)


def parse_instant(text: str) -> datetime:
    """Read a date-time with an offset."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"'{text}' is not a date or a date-time",
            remedy="llmpath --today 2026-11-20T18:00+01:00",
        ) from None
    if instant.tzinfo is None:
        raise UsageError(
            f"'{text}' has no offset", remedy=f"llmpath --today {text}+00:00"
        )
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise UsageError(
            f"'{text}' is outside the years {FIRST_YEAR} to {LAST_YEAR}",
            remedy="llmpath --today 2026-11-20",
        )
    return instant
