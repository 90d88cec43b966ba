"""How long does it take to find out why a function lost marks? In seconds of processor time.

    python benchmarks/reasons.py [--every 4]

Diagnoses every k-th wrong version of the catalogue, each in this process. Prints, as JSON, the
median of the slowest function and the slowest version. `benchmarks/sides.py` runs it in both of two
checkouts, in the folder of each.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))  # the checkout's own tests hold the solutions

from grading.diagnosis import diagnose
from grading.diagnosis.catalogue import define, known_functions, wrong_versions
from grading.diagnosis.match_mistakes import LikeStudent
from tests.grading.diagnosis.judging import matcher_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=4, help="take every k-th version only")
    every = parser.parse_args().every
    found = {name: seconds_of(name, every) for name in known_functions()}
    slowest = max(statistics.median(seconds) for seconds in found.values())
    print(json.dumps({"median": slowest, "worst": max(map(max, found.values()))}))


def seconds_of(name: str, every: int) -> list[float]:
    """The times of some wrong versions of a function, once what they share is there."""
    matcher = matcher_of(name)
    matcher.prepare()
    seconds = []
    for version in wrong_versions(name)[::every]:
        function = LikeStudent(define(name, version.code, matcher.names))
        start = time.process_time()
        diagnose(function, matcher)
        seconds.append(time.process_time() - start)
    return seconds


if __name__ == "__main__":
    main()
