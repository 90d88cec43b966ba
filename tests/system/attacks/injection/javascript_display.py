"""Shows JavaScript as such, a kind of output of its own."""

OFF = "one process"
EXTRA = """
from IPython.display import Javascript, display

display(Javascript("attackPayload()"))
"""
