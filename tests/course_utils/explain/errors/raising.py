"""Run wrong code as a notebook does, and read the error that Python really raises."""

import linecache
import textwrap

import numpy as np

from course_utils.explain.errors import read_cell_error, read_error

ARGUMENTS = {
    "layers_dims": [2, 4, 1],
    "parameters": {"W1": np.ones((4, 2)), "b1": np.zeros((4, 1)), "W2": np.ones((1, 4))},
    "A": np.ones((4, 3)),
    "W": np.ones((1, 4)),
    "one": np.ones((1, 1)),
    "cache": (1.0, np.ones((2, 2))),
    "x": 2.0,
    "l": 2,
}


def call_error(lines, imports="import numpy as np\nimport math\n"):
    """The `CallError` of a function with these lines. They may use all of `ARGUMENTS`."""
    body = textwrap.indent(textwrap.dedent(lines).strip("\n"), "    ")
    cell = f"def f({', '.join(ARGUMENTS)}):\n{body}\n"
    return error_of_call(defined(cell, "f", imports), *ARGUMENTS.values())


def defined(cell, name, imports="import numpy as np\n"):
    """The function of this name that a cell defines, below these imports."""
    cell = imports + cell
    file_name = f"<cell {hash(cell)}>"
    linecache.cache[file_name] = (len(cell), None, cell.splitlines(keepends=True), file_name)
    space = {}
    exec(compile(cell, file_name, "exec"), space)
    return space[name]


def error_of_call(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        return read_error(error, function, libraries=[__file__])
    raise AssertionError("nothing was raised")


def cell_error(cell):
    """The `CallError` of a cell that Python cannot read."""
    try:
        compile(cell, "<cell>", "exec")
    except SyntaxError as error:
        return read_cell_error(error, cell)
    raise AssertionError("the cell can be read")
