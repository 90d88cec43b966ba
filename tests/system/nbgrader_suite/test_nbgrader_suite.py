"""A few of nbgrader's own tests of each command, and the page that lists them all.

`python -m tests.system.nbgrader_suite` runs all of them.
"""

import pytest

from tests.system.nbgrader_suite.page import page
from tests.system.nbgrader_suite.suite import MODULES, PAGE, names_in, node_id, reasons, run

REPRESENTATIVE = (
    "generate_assignment::test_save_cells",
    "generate_assignment::test_autotests_simple",
    "autograde::test_grade",
    "autograde::test_late_submission_penalty_zero",
    "autograde::test_no_execute",
    "generate_feedback::test_single_file",
    "validate::test_validate_unchanged",
    "zip_collect::test_collect_multiple_notebooks",
    "export::test_export",
)


def test_the_page_is_the_one_that_is_made_from_the_list():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_each_test_that_cannot_apply_is_one_of_nbgrader_s():
    names = {name for module in MODULES for name in names_in(module)}
    assert reasons().keys() <= names


@pytest.mark.long
def test_a_few_tests_of_each_command_pass_or_cannot_apply():
    assert {name.partition("::")[0] for name in REPRESENTATIVE} == set(MODULES)
    done = run(*map(node_id, REPRESENTATIVE), capture_output=True, text=True)
    inapplicable = len(reasons().keys() & set(REPRESENTATIVE))
    assert done.returncode == 0, done.stdout
    assert f"{len(REPRESENTATIVE) - inapplicable} passed, {inapplicable} xfailed" in done.stdout
