"""Why a function lost marks: known mistakes tried side by side with it, and what can be seen without knowing one.

`diagnose` takes a student's function, as the test process sees it, and gives findings in words. Everything here is
the instructor's; the words and the observations are shared with the visible checks (`course_utils.checks`).
"""

from grading.diagnosis.diagnose import diagnose
from grading.diagnosis.match_mistakes import MistakeMatcher

__all__ = ["MistakeMatcher", "diagnose"]
