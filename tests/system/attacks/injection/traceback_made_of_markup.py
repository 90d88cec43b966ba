"""An error whose name, words and rendered traceback are scripts, and beside it an output of HTML
from its handler.
"""

OFF = "one process"
EXTRA = """
from IPython.display import HTML, display


class Shown(Exception):
    def _render_traceback_(self):
        display(HTML("<script>attackPayload()</script>"))
        return ["<script>attackPayload()</script>"]


raise type("<script>attackPayload()</script>", (Shown,), {})("<script>attackPayload()</script>")
"""
