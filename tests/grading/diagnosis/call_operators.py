"""Slips in a call: what a student might have written in place of it; see `operators`."""

import ast

# What is written for a function, by its last name.
CALLS = {
    "rand": ("np.random.randn",),
    "randn": ("np.random.rand",),
    "zeros": ("np.ones", "np.random.rand"),
    "relu": ("sigmoid", "np.tanh", "np.abs"),
    "sigmoid": ("relu", "np.tanh", "np.exp"),
    "sum": ("np.mean", "np.max", "np.prod"),
    "square": ("np.abs", "np.sqrt"),
    "dot": ("np.multiply", "np.outer"),
    "norm": ("np.sum", "np.mean", "np.max"),
    "sqrt": ("np.square", "np.cbrt"),
    "log": ("np.log2", "np.log1p", "np.exp"),
    "copy": ("np.asarray", "np.zeros_like"),
    "compute_cost": ("np.subtract",),
}
WRAPPERS = ("np.round", "np.float32", "np.abs", "np.sqrt", "int")


def other_flag(node, names):
    if isinstance(node, ast.keyword) and node.arg == "keepdims":
        yield ast.keyword("keepdims", ast.Constant(False))
    if isinstance(node, ast.keyword) and node.arg == "axis":
        yield ast.keyword("axis", ast.Constant(0))


def without_keywords(node, names):
    if isinstance(node, ast.Call) and node.keywords:
        yield ast.Call(node.func, node.args, node.keywords[:-1])
        yield ast.Call(node.func, node.args, [])


def swapped_arguments(node, names):
    if isinstance(node, ast.Call) and len(node.args) >= 2:
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) == 2:
        yield ast.Tuple(node.elts[::-1], node.ctx)


def no_call(node, names):
    """f(x) as x, and x.f() as x."""
    if (
        isinstance(node, ast.Call)
        and node.args
        and _last(node.func) not in ("str", "print", "range")
    ):
        yield node.args[0]
    if isinstance(node, ast.Call) and _last(node.func) == "astype":
        yield node.func.value


def other_call(node, names):
    if isinstance(node, ast.Call):
        for other in CALLS.get(_last(node.func), ()):
            yield ast.Call(_parsed(other), node.args, node.keywords)


def product_by_entry(node, names):
    """np.dot(a, b) as a * b."""
    if isinstance(node, ast.Call) and _last(node.func) == "dot":
        yield ast.BinOp(node.args[0], ast.Mult(), node.args[1])


def transposed(node, names):
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    if isinstance(node, ast.Call) and _last(node.func) == "dot":
        first, second = node.args
        yield ast.Call(node.func, [ast.Attribute(first, "T", ast.Load()), second], [])


def wrapped(node, names):
    """A line's value passed through a further function: rounded, shortened, without its sign."""
    if (
        isinstance(node, (ast.Assign, ast.Return))
        and node.value
        and not isinstance(node.value, ast.Tuple | ast.Dict)
    ):
        for wrapper in WRAPPERS:
            value = ast.Call(_parsed(wrapper), [node.value], [])
            yield (
                ast.Assign(node.targets, value)
                if isinstance(node, ast.Assign)
                else ast.Return(value)
            )


def other_range(node, names):
    if isinstance(node, ast.Call) and _last(node.func) == "range":
        *start, stop = node.args
        yield ast.Call(node.func, [*start, ast.BinOp(stop, ast.Sub(), ast.Constant(1))], [])
        yield ast.Call(node.func, [*start, ast.BinOp(stop, ast.Add(), ast.Constant(1))], [])
        yield ast.Call(node.func, [stop], [])


def _last(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _parsed(expression):
    return ast.parse(expression, mode="eval").body
