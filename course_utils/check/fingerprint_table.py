"""Known mistakes, as far as a student's own notebook can know them: what they give on a few public inputs.

`assignments/NAME/fingerprints.json` is made by the instructor's `course expected`. It holds no code, and of every wrong result three
numbers only, which tell it from others but not what it is.
"""

import functools
import json
from pathlib import Path

import numpy as np

from course_utils import assignments
from course_utils.assignments import EXERCISES
from course_utils.explain.call import try_call
from course_utils.explain.fingerprint import fingerprint_of

FOLDER = Path(assignments.__file__).parent
STATE = 2024  # of the random numbers before every call, so that a function which sets no seed can be recognised
RTOL, ATOL = (
    1e-9,
    1e-11,
)  # a sum of computed numbers moves by about 1e-15 of its size from one machine to another


def recognise(function, name):
    """{"found", "question", "example"} of the one known mistake that gives the same on every input; None without one."""
    state = np.random.get_state()
    answers = answers_of(function, name)
    np.random.set_state(state)
    matching = [known for known in _table().get(name, ()) if alike(name, known["answers"], answers)]
    return matching[0] if len({known["found"] for known in matching}) == 1 else None


def answers_of(function, name):
    """What the function makes of the public inputs, in short."""
    wanted, answers = EXERCISES[name], []
    for arguments in (wanted.arguments, *wanted.also):
        np.random.seed(STATE)
        answers.append(
            fingerprint_of(try_call(function, arguments(), wanted.keywords, wanted.stubs)).short()
        )
    return answers


def alike(name, known, answers):
    """Whether two lists of answers to the same inputs agree."""
    wanted = EXERCISES[name]
    rtol, atol = (wanted.rtol, wanted.atol) if wanted.measured else (RTOL, ATOL)
    return all(
        one[0] == two[0] and _close(one[1:], two[1:], rtol, atol)
        for one, two in zip(known, answers)
    )


def _close(one, two, rtol, atol):
    return bool(np.all(np.abs(np.subtract(one, two)) <= 4 * (rtol * max(one[-1], two[-1]) + atol)))


@functools.cache
def _table():
    files = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*/fingerprints.json"))
    ]
    return {name: rows for table in files for name, rows in table.items()}
