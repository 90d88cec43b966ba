"""The shell's namespace becomes a dictionary that answers for the tests' names with functions that
do nothing.
"""

OFF = "one process"
CODE = """
class Names(dict):
    def __getitem__(self, name):
        if name in ("has_values", "has_form", "check"):
            return lambda *arguments, **keywords: None
        return super().__getitem__(name)


{WRONG}
get_ipython().user_ns = Names(get_ipython().user_ns)
"""
