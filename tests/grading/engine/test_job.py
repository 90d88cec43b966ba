"""Jobs and results cross to other processes whole, and nothing else passes for them."""

import subprocess
import sys
from dataclasses import replace

import msgpack
import msgspec
import pytest

from course_utils.explain import Finding
from course_utils.messages import Verbatim
from grading.engine.job import Job, Result, decode, encode
from grading.isolation.limits import Limits

JOB = Job(
    name="initialization",
    release=b"the release",
    source=b"the source",
    submission=b"\xff\x00",
    files={"data/table.csv": b"1,2"},
    notes=("a note",),
    limits=Limits(cell_seconds=5, memory=10**9),
    refusal="too large",
)
FINDING = Finding(
    kind="shape",
    input_text=Verbatim("f(1)"),
    expected=Verbatim("shape (2, 1)"),
    got=Verbatim("shape (1, 2)"),
    found=(Verbatim("two sizes"),),
    question=Verbatim("Which is first?"),
)
RESULT = Result(
    notebook='{"cells": []}',
    scores={"a": 1.5, "b": None, "c": 2},
    unanswered=["c"],
    notes=["ü"],
    attention="look",
    findings={"f": [FINDING.as_dict()]},
    seconds={"tests": 0.25},
)


@pytest.mark.parametrize("record", [JOB, RESULT], ids=["job", "result"])
def test_a_record_arrives_as_it_was(record):
    assert decode(encode(record), type(record)) == record


def test_half_a_character_becomes_a_question_mark():
    sent = replace(JOB, files={"caf\udce9.csv": b""}, notes=("\ud800",))
    arrived = decode(encode(sent), Job)
    assert (arrived.files, arrived.notes) == ({"caf?.csv": b""}, ("?",))
    finding = replace(FINDING, got=Verbatim("\ud800")).as_dict()
    arrived = decode(encode(replace(RESULT, findings={"f": [finding]})), Result)
    assert arrived.findings["f"][0]["got"] == "?"


@pytest.mark.parametrize(
    "change",
    [
        {"notebook": b"bytes"},
        {"scores": {"a": "4"}},
        {"findings": {"f": [{"kind": "shape"}]}},
        {"notes": "text"},
    ],
)
def test_a_field_of_another_type_is_refused(change):
    data = msgpack.packb(vars(RESULT) | change, default=vars)
    with pytest.raises(msgspec.ValidationError):
        decode(data, Result)


TWO_THREADS = """
import threading
import msgspec._utils

reading, go_on = threading.Event(), threading.Event()
annotations_of = msgspec._utils.get_class_annotations

def slow(kind, *rest):
    in_thread = threading.current_thread() is not threading.main_thread()
    if in_thread and kind.__name__ == "StoredFinding":  # in the middle of reading Result
        reading.set()
        go_on.wait(5)
    return annotations_of(kind, *rest)

msgspec._utils.get_class_annotations = slow

from grading.engine.job import Result, decode, encode

keys = "kind tried expected got found question example idea title topic".split()
empty = dict.fromkeys(keys, "")
data = encode(Result("", {}, findings={"f": [empty]}))
thread = threading.Thread(target=decode, args=[data, Result])
thread.start()
reading.wait(0.5)  # never, where types are read before there are threads
print(decode(data, Result).findings["f"] == [empty])
go_on.set()
thread.join()
"""


def test_two_threads_may_decode_at_once_from_the_start():
    done = subprocess.run([sys.executable, "-c", TWO_THREADS], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
