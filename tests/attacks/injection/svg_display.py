"""Shows a picture that is a document: SVG may hold scripts and handlers."""

OFF = "one process"
EXTRA = """
from IPython.display import SVG, display

display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="attackPayload()"></svg>'))
"""
