"""How long does each solved notebook take, top to bottom, in a real kernel?

Wanted: under 90 s on 2 cores.

    python -m benchmarks.notebooks
"""

import time

from nbclient import NotebookClient

from grading.course import Course
from grading.notebook.cells import read_notebook

CELL_SECONDS = 90


def main():
    course = Course.here()
    for name in course.assignments:
        notebook = read_notebook(course.source(name))
        start = time.perf_counter()
        NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3").execute()
        print(f"{name:18s} {time.perf_counter() - start:5.1f} s")


if __name__ == "__main__":
    main()
