"""Sentences of the grader that a student can read: on the feedback page and in hidden tests.

As in `course_utils.messages`, each stands whole and by its code in a catalogue for each language:
`en.po` here, and the other files beside it.
"""

from pathlib import Path

from course_utils.messages import message, register_catalogues

__all__ = ["message"]

register_catalogues(Path(__file__).parent)
