"""Why a function lost marks: by known mistakes that give the same, and by what is seen without one.

`diagnose` takes a student's function, as the test process sees it, and gives `Finding`s. All here
is the instructors'; the inference engine `course_utils.explain` is shared with the visible checks.
"""

from grading.diagnosis.diagnose import diagnose, not_begun, not_defined
from grading.diagnosis.match_mistakes import MistakeMatcher, matchers_of

__all__ = ["MistakeMatcher", "diagnose", "matchers_of", "not_begun", "not_defined"]
