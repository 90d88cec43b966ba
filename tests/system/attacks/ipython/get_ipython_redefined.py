"""The student's own `get_ipython`, and a shell class whose method for showing errors is replaced in
the class.
"""

OFF = "one process"
CODE = """
shell = get_ipython()
for kind in type(shell).__mro__[:-1]:
    if "_showtraceback" in vars(kind):
        kind._showtraceback = lambda self, *arguments: None


def get_ipython():
    return None


{WRONG}
"""
