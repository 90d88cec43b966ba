"""The normal form of statements agrees with a slow version that reads the whole tree each time."""

import ast

import pytest

from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from grading.returns.class_report.statements import BODIES, MAX_CODE, Statements
from tests.harness import ROOT

ODD = [
    "try:\n  a=1\nexcept (y:=ValueError) as e:\n  y=2\n  raise\nelse:\n  z=y\nfinally:\n  q=z",
    "try: a = 1\nexcept* ValueError: b = a",
    "match x:\n  case [a, (1|2)] if (w:=a):\n    w=3\n  case _: pass",
    "@dec(a)\nasync def f(a, *b, c=1, **d):\n  async with a as (x, y): x=1; y=x\n"
    "  return lambda q: q if x else y",
    'a = """x\n  é"""; b = a\r\nif b: c = "é"; d = c\r\nelif c: d=2\nelse: d=3',
    "class A:\n  @property\n  def f(self): return self.x\n\x0c\nx: int = 3\n"
    "for i, j in x:\n  del i\nelse:\n  j=1",
    "def f(a):\n  if a: return b\ndef g(b):\n  if a: return b",
    "y = x\nx = y",
]


def slow_statements(code):
    """The normal forms, statement by statement, from the tree of the whole solution."""
    tree = ast.parse(code)
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)} | {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return {
        normal_form(node, given)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and not is_constant(node)
    }


def is_constant(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def normal_form(node, given):
    head = type(node)(
        **{name: [] if name in BODIES else part for name, part in ast.iter_fields(node)}
    )
    numbers, dump = {}, ast.dump(head)
    for part in ast.walk(head):
        name = getattr(part, "id", None) or getattr(part, "arg", None)
        if isinstance(part, ast.Name | ast.arg) and name in given:
            numbers.setdefault(name, len(numbers))
    for name, number in numbers.items():
        for opening in ("Name(id=", "arg(arg="):
            dump = dump.replace(f"{opening}{name!r}", f"{opening}'_{number}'")
    return dump


def test_remembered_statements_agree_with_the_slow_version():
    statements = Statements()
    codes = [
        version.code
        for name in known_functions()
        for version in (*right_versions(name), *wrong_versions(name))
    ]
    codes += [path.read_text() for path in sorted((ROOT / "grading").rglob("*.py"))] + ODD
    read = [code for code in codes if len(code) <= MAX_CODE]
    assert len(read) > 400
    for code in read:
        assert statements.of(code) == slow_statements(code), code


def test_names_count_by_the_whole_solution():
    """The same line is another statement where its names mean something else."""
    statements = Statements()
    one, two = statements.of("def f(a):\n    a = b"), statements.of("def f(b):\n    a = b")
    assert (
        one - two
        == slow_statements("def f(a):\n    a = b") - slow_statements("def f(b):\n    a = b")
        != set()
    )


@pytest.mark.parametrize(
    "code", ["def f(", "x" * (MAX_CODE + 1), "(" * 1000, "-" * 15_000 + "1", "a = \0"]
)
def test_what_is_no_python_is_none(code):
    assert Statements().of(code) is None
