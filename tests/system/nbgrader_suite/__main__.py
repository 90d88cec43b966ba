"""Run all of nbgrader's own tests under our configuration, and write the page about them.

python -m tests.system.nbgrader_suite [OPTIONS OF PYTEST]
"""

import sys

from tests.system.nbgrader_suite.page import page
from tests.system.nbgrader_suite.suite import MODULES, PAGE, path_of, run

PAGE.write_text(page(), encoding="utf-8")
sys.exit(run(*map(str, map(path_of, MODULES)), *sys.argv[1:]).returncode)
