"""Makes the notebook that an attack hands in: right answers everywhere, but for the attacked
functions.
"""

import copy
import functools
import json

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from grading.notebook.cells import code_cells, read_notebook
from tests.harness import COURSE
from tests.system.attacks.attack import Attack

# How code reaches the socket of its own process, in the engine and under one_process.py.
CHANNEL = """
import os, stat, struct, sys
import msgpack

sockets = [int(name) for name in os.listdir("/proc/self/fd")]
sockets = [number for number in sockets if number > 2 and os.path.exists(f"/proc/self/fd/{number}")]
sockets = [number for number in sockets if stat.S_ISSOCK(os.fstat(number).st_mode)]


def send_bytes(data):
    for number in sockets:
        os.write(number, data)


def send(message):
    data = msgpack.packb(message)
    send_bytes(struct.pack("!I", len(data)) + data)


def asked():
    frame = sys._getframe(1)
    while "id" not in (frame.f_locals.get("request") or {}):
        frame = frame.f_back
    return frame.f_locals["request"]


def send_answer(value, changed={}, random=b""):
    answer = {"value": value, "first": 0, "changed": changed, "random": random, "printed": []}
    send({"op": "done", "id": asked()["id"], "outputs": [], **answer})
"""
ONES = """
def NAME(layers_dims):
    sizes = list(enumerate(zip(layers_dims, layers_dims[1:]), start=1))
    weights = {f"W{l}": np.ones((after, before)) for l, (before, after) in sizes}
    return weights | {f"b{l}": np.ones((after, 1)) for l, (before, after) in sizes}
"""
NUMBER = """
def NAME(*arguments, **keywords):
    return 0.3
"""


def submission_of(attack: Attack, places: dict[str, str]) -> bytes:
    """The file as it would come; `places` are put in for the names in braces."""
    texts = {name: wrong(name) for name in attack.functions}
    for first in attack.functions[:1]:
        texts[first] = _placed(attack.code, places | {"WRONG": wrong(first)})
    notebook = _filled(attack, places, texts)
    made = attack.submit(notebook) if attack.submit else notebook
    return made if isinstance(made, bytes) else json.dumps(made).encode()


def wrong(function: str) -> str:
    """A plainly wrong answer, which may have the right form."""
    text = ONES if function.startswith("initialize_parameters") else NUMBER
    return text.replace("NAME", function).strip()


@functools.cache
def _release(name: str) -> NotebookNode:
    return read_notebook(COURSE.release(name))


@functools.cache
def _solutions(name: str) -> dict[str, str]:
    cells = code_cells(read_notebook(COURSE.source(name)))
    return {cell.function: cell.source for cell in cells if cell.solution}


def _filled(attack: Attack, places: dict[str, str], texts: dict[str, str]) -> NotebookNode:
    """The released notebook with right answers or those in `texts`, and the student's own cells."""
    notebook = copy.deepcopy(_release(attack.assignment))
    answers = _solutions(attack.assignment) | texts
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            cell.source = answers.get(about["grade_id"], cell.source)
    if attack.extra:
        notebook.cells.insert(0, new_code_cell(_placed(attack.extra, places)))
    if attack.last:
        notebook.cells.append(new_code_cell(_placed(attack.last, places)))
    return notebook


def _placed(code: str, places: dict[str, str]) -> str:
    for name, value in places.items() | {("CHANNEL", CHANNEL)}:
        code = code.replace("{" + name + "}", value.strip())
    return code.strip()
