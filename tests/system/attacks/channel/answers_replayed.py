"""Sends the answers of long ago once more."""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    for number in range(1, 4):
        send({"op": "done", "id": number, "outputs": [], "error": "", "line": 0, "found": {}})
    return answer(layers_dims)
"""
