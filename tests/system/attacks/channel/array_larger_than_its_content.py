"""Returns an array that says it has a million numbers and brings along one: reading the others
reads foreign memory.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    array = msgpack.packb(["<f8", [1000, 1000], "C", bytes(8)])
    send_answer(msgpack.packb({"W1": msgpack.ExtType(1, array)}))
    return answer(layers_dims)
"""
