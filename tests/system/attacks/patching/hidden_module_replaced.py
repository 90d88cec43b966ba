"""An empty module takes the place of grading.hidden in sys.modules; test cells would import theirs
from it.
"""

OFF = "one process"
CODE = """
import sys
import types

fake = types.ModuleType("grading.hidden")
ideas = "has_form has_values keeps_inputs has_separate_arrays repeats says"
for name in ideas.split():
    setattr(fake, name, lambda *arguments, **keywords: None)
sys.modules["grading.hidden"] = fake
{WRONG}
"""
