"""Slips in lines: one left out, two swapped, one moved into or out of a loop, one made in place."""

import ast


def changed_bodies(tree):
    """(label, holder, field, statements): what a student might have written in place of a block.

    The block is the field of a node of the tree, its holder.
    """
    for holder in ast.walk(tree):
        for field in ("body", "orelse"):
            block = getattr(holder, field, None)
            if isinstance(block, list) and block and not isinstance(holder, ast.Module):
                for label, statements in _changed(block):
                    yield label, holder, field, statements or [ast.Pass()]


def _changed(block):
    for at, statement in enumerate(block):
        before, after = block[:at], block[at + 1 :]
        yield "dropped_line", before + after
        if after:
            yield "swapped_lines", [*before, after[0], statement, *after[1:]]
        if isinstance(statement, ast.For):
            yield from _around_a_loop(before, statement, after)
        if isinstance(statement, ast.If):
            yield "always", before + statement.body + after
            yield "opposite_condition", [*before, _opposite(statement), *after]
        if in_place := _in_place(statement):
            yield "in_place", [*before, *in_place, *after]


def _around_a_loop(before, loop, after):
    """The line after a loop drawn into it, the line before it too, its first line put before it."""
    if after:
        yield "into_loop", [*before, _loop(loop, [*loop.body, after[0]]), *after[1:]]
    if before:
        yield "into_loop", [*before[:-1], _loop(loop, [before[-1], *loop.body]), *after]
        if len(before) > 1:
            yield (
                "into_loop",
                [before[0], *before[2:], _loop(loop, [before[1], *loop.body]), *after],
            )
    if len(loop.body) > 1:
        yield "out_of_loop", [*before, loop.body[0], _loop(loop, loop.body[1:]), *after]
        yield "out_of_loop", [*before, _loop(loop, loop.body[:-1]), loop.body[-1], *after]


def _loop(loop, body):
    return ast.For(loop.target, loop.iter, body, loop.orelse, lineno=loop.lineno)


def _opposite(statement):
    return ast.If(ast.UnaryOp(ast.Not(), statement.test), statement.body, statement.orelse)


def _in_place(statement):
    """`a = b op c` as `b op= c; a = b`, which writes to whatever b is; [] for other lines."""
    value = statement.value if isinstance(statement, ast.Assign) else None
    if not (isinstance(value, ast.BinOp) and isinstance(value.left, ast.Name)):
        return []
    writing = ast.AugAssign(ast.Name(value.left.id, ast.Store()), value.op, value.right)
    return [writing, ast.Assign(statement.targets, value.left, lineno=0)]
