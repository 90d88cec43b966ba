"""The value of a cell's last line brings its own HTML along."""

OFF = "one process"
EXTRA = """
class Value:
    def _repr_html_(self):
        return "<script>attackPayload()</script>"


Value()
"""
