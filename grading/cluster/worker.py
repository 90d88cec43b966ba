"""What a worker does: one function, from the bytes of a question to the bytes of an answer.

The questions are `hello`, which brings an assignment and asks whether this worker can grade it, and `job`, one submission. The
worker's engine is that of its process: it starts with the first `hello` and ends with the process, however that ends.
"""

from dataclasses import replace
from typing import Any

import msgpack
from distributed import get_worker

from grading.engine.code_fingerprint import course_fingerprint, course_version
from grading.engine.engine import grade_here, make_ready
from grading.engine.job import Job, decode, encode
from grading.errors import EngineFailed, NoSandbox

Message = dict[str, Any]
_assignments: dict[bytes, Message] = {}  # what was brought, by hash


def pack(message: Message) -> bytes:
    return msgpack.packb(message, unicode_errors="replace")


def unpack(data: bytes) -> Message:
    return msgpack.unpackb(data)


def hello(job: Job) -> bytes:
    """The question that brings a job's assignment. The job's own submission stays behind."""
    brought = {"release": job.release, "source": job.source}
    how = {"sandboxed": job.sandboxed, "run_demos": job.run_demos}
    return pack(
        {"course": course_fingerprint(), "assignment": job.assignment, "brought": brought, **how}
    )


def ask(job: Job) -> bytes:
    """The question for a job's result. The assignment is there already."""
    alone = encode(replace(job, release=b"", source=b""))
    return pack({"course": course_fingerprint(), "assignment": job.assignment, "job": alone})


def answer(question: bytes) -> bytes:
    """Answer one question. The answer has the `worker` that gives it and one of `ready`, `result`, `differs`, `refused`,
    `wanted` and `failed`.
    """
    return pack(_answer(unpack(question)) | {"worker": get_worker().address})


def _answer(message: Message) -> Message:
    if message["course"] != course_fingerprint():
        return {"differs": course_version()}
    try:
        return _greet(message) if "brought" in message else _grade(message)
    except NoSandbox as error:
        return {"refused": str(error)}
    except EngineFailed as error:
        return {"failed": error.reason}
    except Exception as error:  # a full disk, no memory left: said over there, where somebody looks
        return {"failed": f"the worker met {type(error).__name__}: {error}"}


def _greet(message: Message) -> Message:
    _assignments[message["assignment"]] = message["brought"]
    make_ready(message["sandboxed"], message["run_demos"])
    return {"ready": True}


def _grade(message: Message) -> Message:
    brought = _assignments.get(message["assignment"])
    if brought is None:
        return {"wanted": True}
    job = replace(decode(message["job"], Job), **brought)
    return {"result": encode(grade_here(job))}
