"""Sends an output that is a page with a script, past everything that chooses
what an output may be.
"""

OFF = "one process"
EXTRA = """
{CHANNEL}
data = {"text/html": "<script>attackPayload()</script>"}
data["application/javascript"] = "attackPayload()"
for kind in ("display_data", "execute_result"):
    output = {"output_type": kind, "data": data, "metadata": {}, "execution_count": 1}
    send({"op": "outputs", "outputs": [output]})
"""
