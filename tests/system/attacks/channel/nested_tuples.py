"""Returns a tuple in a tuple in a tuple: each level takes a new call of the reader, and much of its
stack.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    value = msgpack.packb([])
    for _ in range(250 + len(layers_dims)):
        value = msgpack.packb([msgpack.ExtType(3, value)])
    send_answer(msgpack.packb(msgpack.ExtType(3, value)))
    return answer(layers_dims)
"""
