"""Mutants: wrong implementations that nobody wrote.

They are made from the reference solutions by small edits of the syntax tree.
"""

import ast
import difflib
from dataclasses import dataclass

from tests.grading.diagnosis.operators import OPERATORS
from tests.grading.diagnosis.statements import changed_bodies


@dataclass(frozen=True)
class Mutant:
    """kind: the operator that made it; before, after: the lines that differ"""

    function: str
    kind: str
    before: str
    after: str
    code: str

    def __str__(self):
        before, after = self.before or "(nothing)", self.after or "(nothing)"
        return f"{self.function} {self.kind}: {before} -> {after}"


def mutants_of(function, code):
    """All mutants of a function, each once, in the order of its lines."""
    tree = ast.parse(code)
    _without_docstring(tree)
    original = ast.unparse(tree)
    found = {original: None}
    for kind, changed in [*_edited_nodes(tree), *_edited_blocks(tree)]:
        if changed not in found and _compiles(changed):
            found[changed] = Mutant(function, kind, *_lines(original, changed), changed)
    return [mutant for mutant in found.values() if mutant]


def _edited_nodes(tree):
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for holder in list(ast.walk(tree)):
        for field, value in list(ast.iter_fields(holder)):
            slots = value if isinstance(value, list) else [value]
            for at, node in enumerate(slots):
                if isinstance(node, ast.AST):
                    for operator in OPERATORS:
                        for other in operator(node, names):
                            new = [*slots[:at], other, *slots[at + 1 :]]
                            yield (
                                operator.__name__,
                                _text_with(tree, holder, field, new if slots is value else other),
                            )


def _edited_blocks(tree):
    for kind, holder, field, statements in changed_bodies(tree):
        yield kind, _text_with(tree, holder, field, statements)


def _text_with(tree, holder, field, value):
    """The tree's text with one field of one node replaced; the tree stays as it was."""
    before = getattr(holder, field)
    setattr(holder, field, value)
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    finally:
        setattr(holder, field, before)


def _without_docstring(tree):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]


def _compiles(code):
    try:
        compile(code, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _lines(original, changed):
    """The lines that went and those that came, each as one line of text."""
    lines = list(difflib.ndiff(original.split("\n"), changed.split("\n")))
    return ("; ".join(line[2:].strip() for line in lines if line.startswith(mark)) for mark in "-+")
