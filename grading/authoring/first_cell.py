"""What `course build` puts before a notebook's first code cell: is `course_utils` here?

A student may open the notebook where `course_utils` is missing, or is of another version. Then the
cell says how to install it, in plain words, without a traceback. It must not import what it misses,
so its sentences are put into it when the notebook is built.
"""

import course_utils
from course_utils.messages import in_language
from grading.course import Course
from grading.messages import message

# An exception with `_render_traceback_` shows what that returns in place of a traceback, in
# JupyterLab, VS Code and Colab.
CHECK = '''\
# {comment}
try:
    from course_utils import __version__ as course_version
except ImportError:
    course_version = "{nothing}"
if not course_version.startswith("{series}."):
    class InstallFirst(Exception):
        def _render_traceback_(self):
            return [str(self)]
    raise InstallFirst(f"""{sentence}

""" + {install!r})

'''


def install_check(course: Course, language: str) -> str:
    """The lines of Python, in this language.

    Versions of one series, such as 0.1.0 and 0.1.3, go together: so notebooks that are out need not
    be built anew for a repair.
    """
    series = ".".join(course_utils.__version__.split(".")[:2])
    with in_language(language):
        comment = message("first_cell.comment")
        sentence = message("first_cell.install", series=series, found="{course_version}")
        return CHECK.format(
            comment=comment,
            nothing=message("first_cell.nothing"),
            series=series,
            sentence=sentence,
            install=course.install_line,
        )
