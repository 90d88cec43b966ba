"""Every code in the code of the course has a sentence, and every sentence is said somewhere."""

import ast
import functools
import itertools
import re
import tomllib
from pathlib import Path

import course_utils
import grading
from course_utils.assignments import EXERCISES
from course_utils.assignments.registry import names_in
from course_utils.messages.catalogue import known_codes
from grading.messages import message

PACKAGES = [Path(package.__file__).parent for package in (course_utils, grading)]
# Functions that take a code; the last one is that of the feedback page's template.
TAKE_A_CODE = ("message", "label", "words", "sentence", "html_message", "say")
MISTAKES = sorted(PACKAGES[1].glob("assignments/*/mistakes/*.toml"))
TEMPLATES = sorted(PACKAGES[1].glob("returns/feedback/template/*.j2"))
OWNERS = [*EXERCISES, *names_in("course_utils.assignments")]
# Codes of exercises are put together from the exercise, a part and a key: see `ExerciseMessages`.
OF_EXERCISE = re.compile(rf"(?:(?:{'|'.join(OWNERS)})\.)?(?:question|example)\.(?P<key>.+)")


@functools.cache
def trees():
    """The syntax trees of all modules, without what is only filled in by `course new`."""
    paths = [path for package in PACKAGES for path in sorted(package.rglob("*.py"))]
    return [ast.parse(path.read_text()) for path in paths if "skeleton" not in path.parts]


def nodes(kind):
    return [node for tree in trees() for node in ast.walk(tree) if isinstance(node, kind)]


@functools.cache
def texts():
    """All texts that stand in the code, and the keys of examples that known mistakes name."""
    found = {node.value for node in nodes(ast.Constant) if isinstance(node.value, str)}
    return found | {key for path in MISTAKES for key in keys_in(tomllib.loads(path.read_text()))}


def keys_in(table):
    """Of a known mistake, in whatever table of the file: the key of its worked example."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys_in(value)
        elif name == "example":
            yield value


@functools.cache
def codes_said():
    """The codes that are handed to one of `TAKE_A_CODE` as they are."""
    in_templates = (re.findall(r'say\("([^"]+)"[,)]', path.read_text()) for path in TEMPLATES)
    return {code for part in (codes_in_modules(), *in_templates) for code in part if "." in code}


def codes_in_modules():
    for call in nodes(ast.Call):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in TAKE_A_CODE and call.args:
            first = call.args[0]
            choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            yield from (choice.value for choice in choices if isinstance(choice, ast.Constant))


@functools.cache
def patterns():
    """Regular expressions for codes that are put together at run time, as f-strings do it."""
    found = [pattern_of(node) for node in nodes(ast.JoinedStr)]
    joined = [re.findall(r'say\("([^"]+)" ~', path.read_text()) for path in TEMPLATES]
    beginnings = [*texts_added_to(), *itertools.chain(*joined)]
    found += [re.escape(beginning) + r"[\w-]+" for beginning in beginnings]
    return [re.compile(pattern) for pattern in filter(None, found)]


def texts_added_to():
    """Texts such as "name." to which a key is added."""
    sums = [node.left for node in nodes(ast.BinOp) if isinstance(node.op, ast.Add)]
    texts = [left.value for left in sums if isinstance(left, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and re.fullmatch(r"[\w.]+\.", text)]


def pattern_of(node):
    """Of an f-string whose constant parts could belong to a code; "" for any other."""
    constants = [part.value for part in node.values if isinstance(part, ast.Constant)]
    if not constants or not re.fullmatch(r"[\w.-]*\.[\w.-]*", "".join(constants)):
        return ""
    owner = f"(?:{'|'.join(OWNERS)})"
    parts = [
        re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.-]*"
        for part in node.values
    ]
    if not isinstance(node.values[0], ast.Constant):
        parts[0] = owner
    return "".join(parts)


def is_said(code):
    if code in texts() | codes_said():
        return True
    if of_exercise := OF_EXERCISE.fullmatch(code):
        return of_exercise["key"] in texts()
    beginning, _, key = code.rpartition(".")
    is_joined = beginning in texts() and not texts().isdisjoint((key, f".{key}"))
    return is_joined or any(pattern.fullmatch(code) for pattern in patterns())


def test_every_code_has_a_sentence():
    assert message("page.title").code in known_codes()
    assert len(codes_said()) > 150
    assert sorted(codes_said() - set(known_codes())) == []


def test_every_sentence_is_said_somewhere():
    assert not is_said("page.never")
    assert [code for code in known_codes() if not is_said(code)] == []
