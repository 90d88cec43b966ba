"""docs/internals/nbgrader-tests.md, made from nbgrader's tests and cannot_apply.toml."""

import textwrap

from tests.system.nbgrader_suite.suite import MODULES, groups, names_in, reasons

HEAD = """\
# nbgrader's own tests

nbgrader brings tests of its commands. They run here as they are installed, under this course's
`nbgrader_config.py`: `RunIsolated` stands in the place of nbgrader's Execute, feedback and files
from a learning platform go through our plugins. Nothing is replaced by a stand-in.

```
.venv/bin/python -m tests.system.nbgrader_suite
```

runs all of them in some minutes and writes this page; it takes pytest's options. `make test` runs a
few of each command. A test that cannot apply is run as well, and must fail: where it passes, the
reason given here no longer holds.

Three things are changed in what nbgrader brings:

- **A notebook bears its assignment's name.** An assignment is one notebook here. nbgrader's tests
  have `ps1/p1.ipynb`; they find `ps1/ps1.ipynb`.
- **Sources are solved.** Tests run in a process of their own, beside the reference solutions. So a
  source notebook without solutions gets some. What is handed in stays as it is.
- **The time limit is ours.** Where they set `Execute.timeout` for grading, they set
  `RunIsolated.cell_seconds`.
"""


def page():
    """The page's text."""
    why = reasons()
    names = [name for module in MODULES for name in names_in(module)]
    passing = [name for name in names if name not in why]
    return "\n".join([
        HEAD,
        f"Of {len(names)} tests {len(passing)} pass; {len(why)} cannot apply.",
        "\n## What cannot apply, and why\n",
        *(line for group in groups() for line in _group(group)),
        "## What passes\n",
        *_by_module(passing),
    ])  # fmt: skip


def _group(group):
    return [f"### {group['title']}\n", _wrapped(group["why"]), "", *_by_module(group["tests"])]


def _by_module(names):
    """A list with one entry for each of nbgrader's commands."""
    tests = {module: [] for module in MODULES}
    for name in names:
        module, _, test = name.partition("::")
        tests[module].append(f"`{test.removeprefix('test_')}`")
    return [
        _wrapped(f"- {module}: {', '.join(found)}", "  ")
        for module, found in tests.items()
        if found
    ] + [""]


def _wrapped(text, indent=""):
    return textwrap.fill(
        " ".join(text.split()), 100, subsequent_indent=indent, break_on_hyphens=False
    )
