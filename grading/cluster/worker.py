"""What a worker does: one function, from the bytes of a question to the bytes of an answer.

The questions are `hello`, which brings an assignment and asks whether this worker can grade it, and
`ask`, one submission. The worker's engine is that of its process: it starts with the first `hello`
and ends with the process, however that ends.
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
_assignments: dict[bytes, Job] = {}  # those brought, by hash; their jobs have no submission


def pack(message: Message) -> bytes:
    """A question or an answer as bytes."""
    # Half of a surrogate pair, in an error's message for example, has no UTF-8.
    return msgpack.packb(message, unicode_errors="replace")


def unpack(data: bytes) -> Message:
    return msgpack.unpackb(data)


def hello(job: Job) -> bytes:
    """The question that brings a job's assignment. The job's own submission is not sent."""
    return _question(job, "hello", replace(job, submission=b"", files={}))


def ask(job: Job) -> bytes:
    """The question for a job's result. The worker has the assignment already."""
    return _question(job, "job", replace(job, release=b"", source=b""))


def _question(job: Job, kind: str, sent: Job) -> bytes:
    about = {"course": course_fingerprint(), "assignment": job.assignment}
    return pack(about | {kind: encode(sent)})


def answer(question: bytes) -> bytes:
    """Answer one question.

    The answer has the `worker` that gives it and one of

    ready     it can grade the assignment
    result    an encoded `Result`
    differs   its version of the course, which is another than ours
    refused   why it cannot grade: it has no sandbox
    unknown   the assignment of a job was not brought
    failed    what went wrong
    """
    return pack(_answer(unpack(question)) | {"worker": get_worker().address})


def _answer(message: Message) -> Message:
    if message["course"] != course_fingerprint():
        return {"differs": course_version()}
    try:
        return _answer_hello(message) if "hello" in message else _answer_job(message)
    except NoSandbox as error:
        return {"refused": str(error)}
    except EngineFailed as error:
        return {"failed": error.reason}
    except Exception as error:  # a full disk, no memory left: reported where somebody reads it
        return {"failed": f"the worker met {type(error).__name__}: {error}"}


def _answer_hello(message: Message) -> Message:
    job = decode(message["hello"], Job)
    _assignments[message["assignment"]] = job
    make_ready(job.sandboxed, job.run_demos)
    return {"ready": True}


def _answer_job(message: Message) -> Message:
    brought = _assignments.get(message["assignment"])
    if brought is None:
        return {"unknown": True}
    job = decode(message["job"], Job)
    result = grade_here(replace(job, release=brought.release, source=brought.source))
    return {"result": encode(result)}
