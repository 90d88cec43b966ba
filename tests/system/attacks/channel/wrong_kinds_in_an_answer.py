"""Answers its own call with a message of the right name and number in which everything else is of
the wrong kind.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    odd = {"value": 5, "first": "x", "printed": 7, "changed": [1], "random": 3}
    odd |= {"error": {}, "unsendable": [], "found": 1}
    send({"op": "done", "id": asked()["id"], "outputs": [], **odd})
    return answer(layers_dims)
"""
