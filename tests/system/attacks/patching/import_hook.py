"""A finder in front of all others makes grading.hidden anew, out of functions that test nothing."""

OFF = "one process"
CODE = """
import importlib.machinery
import sys


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, Finder) if name == "grading.hidden" else None

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.__getattr__ = lambda name: lambda *arguments, **keywords: None


sys.meta_path.insert(0, Finder)
sys.modules.pop("grading.hidden", None)
{WRONG}
"""
