"""When a student may have the next answer, and how much of it is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from grading.watch.settings import Settings


@dataclass(frozen=True)
class Hold:
    """Why a hand-in waits: the number of answers a day is used up, or only the pause.

    until: seconds since 1970
    """

    is_limit: bool
    until: float


@dataclass(frozen=True)
class Attempts:
    """A student's answers so far for one assignment. times: when, in seconds since 1970"""

    settings: Settings
    times: list[float]
    zone: tzinfo

    def today(self, now: float) -> int:
        """How many there were on the day of `now`."""
        day = datetime.fromtimestamp(now, self.zone).date()
        return sum(datetime.fromtimestamp(one, self.zone).date() == day for one in self.times)

    def hold(self, now: float) -> Hold | None:
        """Why the next answer has to wait, or None.

        A clock that was set back makes nobody wait for longer than the pause.
        """
        most = self.settings.attempts_a_day
        if most and self.today(now) >= most:
            return Hold(True, _next_day(now, self.zone))
        if self.times:
            until = min(max(self.times), now) + self.settings.pause
            if until > now:
                return Hold(False, until)
        return None


def what_is_shown(settings: Settings, due: datetime | None, now: datetime) -> str:
    """ "all", "score" or "received". due: naive, in UTC, as `now`; None without a deadline"""
    is_after = due is not None and now > due
    return settings.show_after_deadline if is_after else settings.show_before_deadline


def _next_day(now: float, zone: tzinfo) -> float:
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=1)).timestamp()
