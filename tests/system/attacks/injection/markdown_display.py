"""Shows Markdown, in which HTML may stand; pages turn it into HTML without a question."""

OFF = "one process"
EXTRA = """
from IPython.display import Markdown, display

display(Markdown("text <img src=x onerror=attackPayload()> and <script>attackPayload()</script>"))
"""
