"""One warm parent for all tests that need student processes."""

import pytest

from grading.engine.warm import WarmParent


@pytest.fixture(scope="package")
def students():
    """The socket on which student processes are asked for."""
    parents = WarmParent("grading.engine.parents")
    try:
        parents.wait_until_ready()
        yield parents.socket
    finally:
        parents.close()
