"""Shows HTML with a script; the page with the feedback is opened by the instructor, too."""

OFF = "one process"
EXTRA = """
from IPython.display import HTML, display

display(HTML("<p>hello</p><script>attackPayload()</script>"))
"""
