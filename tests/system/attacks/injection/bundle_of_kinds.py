"""A value that shows itself in many kinds at once, harmless ones first."""

OFF = "one process"
EXTRA = """
class Value:
    def _repr_mimebundle_(self, **keywords):
        script = "<script>attackPayload()</script>"
        data = {"text/plain": "value", "text/html": script}
        return data | {"application/javascript": "attackPayload()"}


Value()
"""
