"""Imports the grader's own module of expected results and looks its answer up there."""

OFF = "one process"
CODE = """
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    try:
        from grading.assignments.registry import load_cases
        from grading.assignments.expected_file import expected_of
    except ImportError:
        return answer(layers_dims)
    for case in load_cases("initialization"):
        if case.function == "initialize_parameters_he" and case.arguments() == [layers_dims]:
            return expected_of("initialization", case).result
    return answer(layers_dims)
"""
