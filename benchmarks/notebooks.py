"""How long does each solved notebook take, top to bottom, in a real kernel? Wanted: under 90 s on 2 cores."""

import time

from nbclient import NotebookClient

from grading.course import Course
from grading.notebook.cells import read_notebook

course = Course.here()
for name in course.assignments:
    notebook = read_notebook(course.source(name))
    start = time.perf_counter()
    NotebookClient(notebook, timeout=90, kernel_name="python3").execute()
    print(f"{name:18s} {time.perf_counter() - start:5.1f} s")
