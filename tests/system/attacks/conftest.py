"""One engine and one stock grader for all attacks of a test run."""

import pytest

from tests.system.attacks.harness import Harness


@pytest.fixture(scope="session")
def harness(tmp_path_factory):
    harness = Harness(tmp_path_factory.mktemp("attacks"))
    try:
        harness.wait_until_ready()
        yield harness
    finally:
        harness.close()
