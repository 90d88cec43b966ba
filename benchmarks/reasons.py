"""How long does it take to find out why a function lost marks? In seconds of processor time.

    python benchmarks/reasons.py [--every 4]

Diagnoses every k-th wrong version of the catalogue, each in this process. Prints, as JSON, the
median and the slowest version of each function. `benchmarks/sides.py` runs it in both of two
checkouts, in the folder of each.
"""

import argparse
import contextlib
import importlib
import io
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))  # the checkout's own tests hold the solutions

from grading.diagnosis import diagnose
from grading.diagnosis.catalogue import define, known_functions, wrong_versions

# Where it is in a checkout, the newest name first: an earlier state had others.
LIKE_STUDENT = (
    "grading.diagnosis.match_mistakes:LikeStudent",
    "grading.diagnosis.name:LikeStudent",
)
MATCHER_OF = ("tests.grading.diagnosis.judging:matcher_of", "tests.mistakes.judging:suspects")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=4, help="take every k-th version only")
    every = parser.parse_args().every
    found = {name: seconds_of(name, every) for name in known_functions()}
    print(
        json.dumps(
            {name: {"median": statistics.median(s), "worst": max(s)} for name, s in found.items()}
        )
    )


def seconds_of(name: str, every: int) -> list[float]:
    """The times of some wrong versions of a function, once what they share is there."""
    like_student, matcher = first_of(LIKE_STUDENT), first_of(MATCHER_OF)(name)
    matcher.prepare()
    seconds = []
    for version in wrong_versions(name)[::every]:
        function = like_student(define(name, version.code, matcher.names))
        with contextlib.redirect_stdout(io.StringIO()):  # what a version prints
            start = time.process_time()
            diagnose(function, matcher)
            seconds.append(time.process_time() - start)
    return seconds


def first_of(places: tuple[str, ...]) -> object:
    """The first of some objects that there is. places: as MODULE:NAME"""
    for module, name in (place.split(":") for place in places):
        with contextlib.suppress(ModuleNotFoundError):
            return getattr(importlib.import_module(module), name)
    sys.exit(f"none of {', '.join(places)} is in {Path.cwd()}")


if __name__ == "__main__":
    main()
