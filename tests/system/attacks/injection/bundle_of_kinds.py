"""A value that shows itself in many kinds at once, harmless ones first."""

OFF = "one process"
EXTRA = """
class Value:
    def _repr_mimebundle_(self, **keywords):
        script = "<script>attackPayload()</script>"
        return {"text/plain": "value", "application/javascript": "attackPayload()", "text/html": script}


Value()
"""
