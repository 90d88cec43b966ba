"""builtins.__import__ hands out a dummy when a cell imports from grading."""

OFF = "one process"
CODE = """
import builtins
from unittest.mock import MagicMock

original = builtins.__import__


def importing(name, *arguments, **keywords):
    return MagicMock() if name.startswith("grading") else original(name, *arguments, **keywords)


builtins.__import__ = importing
{WRONG}
"""
