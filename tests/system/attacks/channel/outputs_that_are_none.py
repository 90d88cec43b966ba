"""Sends outputs made of the wrong kinds of values."""

OFF = "one process"
EXTRA = """
{CHANNEL}
odd = [1, None, [], {"output_type": 7}, {"output_type": "stream", "text": 5}]
odd += [{"output_type": "error", "traceback": 1}]
odd += [{"output_type": "display_data", "data": data} for data in ([1], {"text/plain": {}})]
send({"op": "outputs", "outputs": odd})
send({"op": "outputs", "outputs": 5})
send({"op": "outputs"})
"""
