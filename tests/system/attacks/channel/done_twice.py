"""Answers every request twice, so that each answer is taken for that of the next request."""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    send({"op": "done", "id": asked()["id"], "outputs": []})
    return answer(layers_dims)
"""
