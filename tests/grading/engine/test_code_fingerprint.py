"""What decides a result is part of the fingerprint of the course's code."""

import pytest

from grading.engine.code_fingerprint import course_version


@pytest.mark.parametrize(
    "name",
    [
        "grading/engine/run.py",
        "grading/messages/zh_CN.po",
        "grading/assignments/initialization/expected.h5",
        "grading/assignments/initialization/mistakes/initialize_parameters_he.toml",
        "course_utils/messages/en.po",
        "course_utils/assignments/initialization/zh_CN.po",
    ],
)
def test_a_file_that_can_change_a_result_is_in_it(name):
    assert name in course_version()
