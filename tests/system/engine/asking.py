"""Short ways to ask a student process, for tests."""

import textwrap

from grading.isolation.student_function import StudentFunction


def define(student, source):
    """Run a cell that must not fail; the functions and values that it defines at its top level."""
    finished = student.run(textwrap.dedent(source))
    assert finished.error == "", finished.error
    lines = textwrap.dedent(source).splitlines()
    names = [line[4 : line.index("(")] for line in lines if line.startswith("def ")]
    names += [
        line.split(" = ")[0]
        for line in lines
        if " = " in line and not line.startswith((" ", "def "))
    ]
    student.restart_cell_clock()
    return student.resolve(names)


def function(student, source):
    """The last function that a cell defines."""
    return [
        value for value in define(student, source).values() if isinstance(value, StudentFunction)
    ][-1]


def printed(finished, name="stdout"):
    return "".join(output["text"] for output in finished.outputs if output.get("name") == name)
