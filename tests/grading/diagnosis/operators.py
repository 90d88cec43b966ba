"""Slips in an expression: what a student might have written in place of a syntax tree's node.

Each operator takes a node and the names that the function knows, and yields nodes. These may share
parts with the old one.
"""

import ast
import re

from tests.grading.diagnosis.call_operators import (
    no_call,
    other_call,
    other_flag,
    other_range,
    product_by_entry,
    swapped_arguments,
    transposed,
    without_keywords,
    wrapped,
)

ARITHMETIC = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE, ast.Eq),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE, ast.NotEq),
}


def other_operator(node, names):
    if isinstance(node, ast.BinOp):
        for kind in ARITHMETIC.get(type(node.op), ()):
            yield ast.BinOp(node.left, kind(), node.right)


def swapped_operands(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div)):
        yield ast.BinOp(node.right, node.op, node.left)


def one_operand(node, names):
    """A factor, a term or a divisor left out."""
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right


def lost_brackets(node, names):
    """a / (b * c) as a / b * c, (a + b) * c as a + b * c, (a - b) / c as a - b / c."""
    if not isinstance(node, ast.BinOp):
        return
    if isinstance(node.op, ast.Div) and isinstance(node.right, ast.BinOp):
        yield ast.BinOp(
            ast.BinOp(node.left, ast.Div(), node.right.left), node.right.op, node.right.right
        )
    if isinstance(node.op, (ast.Mult, ast.Div)) and isinstance(node.left, ast.BinOp):
        inner = node.left
        yield ast.BinOp(inner.left, inner.op, ast.BinOp(inner.right, node.op, node.right))


def other_sign(node, names):
    if isinstance(node, (ast.BinOp, ast.Call)):
        yield ast.UnaryOp(ast.USub(), node)


def other_comparison(node, names):
    if isinstance(node, ast.Compare):
        for kind in COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [kind()], node.comparators)


def other_number(node, names):
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        value = node.value
        others = (
            [value + 1, value - 1, 2 * value]
            if isinstance(value, int)
            else [value * 10, value / 2, value**2]
        )
        for other in others:
            yield ast.Constant(other)


def other_word(node, names):
    """Another key: of another layer, or of a bias in place of a weight."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        key = re.fullmatch(r"(d?)([A-Zb])(\d?)", node.value)
        if key and key[2] in "Wb":
            yield ast.Constant(key[1] + {"W": "b", "b": "W"}[key[2]] + key[3])
        if key and key[3]:
            yield ast.Constant(key[1] + key[2] + str(int(key[3]) % 3 + 1))


def similar_name(node, names):
    """W2 for W1, A1 for Z1, theta_minus for theta_plus."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for other in sorted(names):
            if _similar(node.id, other):
                yield ast.Name(other, ast.Load())


def other_index(node, names):
    """The other of two sizes, the layer itself for the one before."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and node.slice.value in (0, 1)
    ):
        yield ast.Subscript(node.value, ast.Constant(1 - node.slice.value), node.ctx)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name | ast.BinOp):
        for other in (0, -1):
            yield ast.Subscript(node.value, ast.Constant(other), node.ctx)


def fewer_items(node, names):
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        first, *rest = node.value.elts
        yield ast.Return(first)
        yield ast.Return(ast.Tuple([*rest, first], ast.Load()))
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 3:
        for at in (0, 1, -1):
            left = [item for item in node.elts if item is not node.elts[at]]
            yield ast.Tuple(left, node.ctx)
        yield ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)


def fewer_keys(node, names):
    if isinstance(node, ast.Dict):
        for at in range(0, len(node.keys), 3):
            keys = [*node.keys[:at], *node.keys[at + 1 :]]
            values = [*node.values[:at], *node.values[at + 1 :]]
            yield ast.Dict(keys, values)


OPERATORS = (
    other_operator,
    swapped_operands,
    one_operand,
    lost_brackets,
    other_sign,
    other_comparison,
    other_number,
    other_word,
    other_flag,
    without_keywords,
    swapped_arguments,
    no_call,
    other_call,
    product_by_entry,
    transposed,
    wrapped,
    similar_name,
    other_index,
    other_range,
    fewer_items,
    fewer_keys,
)


def _similar(name, other):
    """Whether two names differ in their layer only, in their letter only, or in plus and minus."""
    if name == other:
        return False
    first, second = (re.fullmatch(r"(d?[A-Zb])(\d)", either) for either in (name, other))
    if first and second:
        return first[1] == second[1] or first[2] == second[2]
    pairs = (
        {"theta", "x"},
        {"grad", "gradapprox"},
        {"numerator", "denominator"},
        {"X", "Y"},
        {"theta", "theta_plus"},
    )
    return (
        {name, other} in pairs
        or name.replace("plus", "minus") == other
        or name.replace("minus", "plus") == other
    )
