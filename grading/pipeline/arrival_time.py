"""When a submission came in: the time in its timestamp.txt, whoever wrote that.

nbgrader writes "2030-01-15 15:00:00 UTC". A file that was written by hand or by another program may
be in another encoding, in another form, or hold no time at all. What can be read is read; of the
rest the instructor is told, since a submission without a time counts as punctual.
"""

import codecs
import re
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil import parser, tz

from grading.errors import printable
from grading.notebook.submission import TIMESTAMP

LONGEST_FILE = 1000  # bytes; a file that is longer holds more than a time
LONGEST_SHOWN = 60  # characters of the file that a note shows
EXPECTED = "Expected a time such as 2030-01-15 15:00:00 UTC; it counts as punctual until then"
ENCODINGS = {  # by byte-order mark; the mark of UTF-32 begins with that of UTF-16
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
EPOCH = re.compile(r"(?P<seconds>\d{10})(?P<fraction>\d{3}|\d{6}|\.\d*)?")  # since 2001, to 2286
ZONE_NAME = re.compile(r"(?P<time>.*\d.*)\s(?P<zone>[A-Za-z_]+(?:/[A-Za-z_-]+)+)")
DAY_OR_MONTH = re.compile(r"\s*(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-]\d{2,4}\b")
# Summer time: nbgrader writes these for a course in such a zone, and tz.gettz knows none of them.
SUMMER_TIMES = {"WEST": 1, "CEST": 2, "EEST": 3, "EDT": -4, "CDT": -5, "MDT": -6, "PDT": -7}
# An incomplete date takes what it lacks from a default. With two defaults that shows.
DEFAULTS = datetime(2000, 1, 1), datetime(2001, 2, 2)


class NoTime(ValueError):
    """A text that is no time; the message says why."""


@dataclass(frozen=True)
class ArrivalTime:
    """What the timestamp.txt of a submission says.

    files: the file as it is kept; empty where none can be read
    time: naive, in UTC; None where it is not known
    notes: what an instructor should know of it
    """

    files: dict[str, bytes] = field(default_factory=dict)
    time: datetime | None = None
    notes: tuple[str, ...] = ()


def read_arrival_time(folder: Path) -> ArrivalTime:
    """Read the timestamp.txt of a submission. Links are not followed."""
    path = folder / TIMESTAMP
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return ArrivalTime()
    if not stat.S_ISREG(status.st_mode):
        return ArrivalTime(notes=(f"{TIMESTAMP} is no regular file. {EXPECTED}",))
    if status.st_size > LONGEST_FILE:
        found = f"has more than {LONGEST_FILE} bytes"
        return ArrivalTime(notes=(f"{TIMESTAMP} {found}. {EXPECTED}",))
    return arrival_time_of(path.read_bytes())


def arrival_time_of(content: bytes) -> ArrivalTime:
    """What the content of a timestamp.txt says."""
    text, files = _decode(content), {TIMESTAMP: content}
    shown = repr(printable(text, LONGEST_SHOWN)) if text else "nothing"
    try:
        time, remark = parse_time(text)
    except NoTime as error:
        return ArrivalTime(files, notes=(f"{TIMESTAMP} holds {shown}: {error}. {EXPECTED}",))
    notes = (f"{TIMESTAMP} holds {shown}, which was read as {time} UTC: {remark}",)
    return ArrivalTime(files, time, notes if remark else ())


def parse_time(text: str) -> tuple[datetime, str]:
    """The time that a text says, naive in UTC, and what is doubtful about it, or "".

    A time without a zone is in UTC. NoTime where there is no whole date.
    """
    if epoch := EPOCH.fullmatch(text):
        fraction = (epoch["fraction"] or "").removeprefix(".")
        seconds = float(f"{epoch['seconds']}.{fraction or 0}")
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), ""
    unknown: list[str] = []
    rest, zone = _split_zone_name(text)
    times = [_parse(rest, default, unknown) for default in DEFAULTS]
    if times[0] != times[1]:
        raise NoTime("its date is not complete")
    time = times[0] if times[0].tzinfo or zone is None else times[0].replace(tzinfo=zone)
    try:
        utc = time if time.tzinfo is None else time.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise NoTime("its year is out of range") from None
    return utc, _doubt(text, unknown)


def _parse(text: str, default: datetime, unknown: list[str]) -> datetime:
    """Let dateutil read a text. unknown: takes the names of zones that nobody knows"""

    def find_zone(name: str | None, offset: int | None) -> tzinfo | None:
        if offset is not None:
            return timezone(timedelta(seconds=offset))
        if name in SUMMER_TIMES:
            return timezone(timedelta(hours=SUMMER_TIMES[name]))
        found = tz.gettz(name) if name else None
        if name and found is None:
            unknown.append(name)
        return found

    try:
        return parser.parse(text, default=default, tzinfos=find_zone)
    except Exception:  # a stranger's text: dateutil lets errors of many kinds through
        raise NoTime("that is no time") from None


def _split_zone_name(text: str) -> tuple[str, tzinfo | None]:
    """Take a name such as Europe/Berlin off the end of a text."""
    if not (named := ZONE_NAME.fullmatch(text)):
        return text, None
    try:
        return named["time"], ZoneInfo(named["zone"])
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise NoTime(f"there is no time zone {named['zone']}") from None


def _doubt(text: str, unknown: list[str]) -> str:
    """Why a time may be another one than was meant, or ""."""
    if unknown:
        return f"the time zone {unknown[0]} is not known. Write it as +0100"
    numbers = DAY_OR_MONTH.match(text)
    one, two = (int(numbers["first"]), int(numbers["second"])) if numbers else (0, 0)
    if one != two and max(one, two) <= 12:
        return "the month was taken to stand before the day. Write it as 2030-01-15"
    return ""


def _decode(content: bytes) -> str:
    """The text of a file in any of the usual encodings, without marks and blanks around it."""
    marks = [encoding for mark, encoding in ENCODINGS.items() if content.startswith(mark)]
    if not marks and b"\0" in content:  # UTF-16 without a mark: half of the bytes are 0
        marks = ["utf-16-be" if content.startswith(b"\0") else "utf-16-le"]
    text = content.decode(marks[0] if marks else "utf-8", "replace")
    return text.replace("\0", "").replace("\xa0", " ").strip()
