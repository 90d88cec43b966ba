"""Returns arrays whose sizes are negative, no whole numbers, or so large that their product
overflows.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    shapes = [[-1, -8], [2.5], [2**32, 2**32], [2**63], [[1]], None, [True] * 70]
    shapes += [[0, 2**62, 2**62], [0] * 65]
    for shape in shapes:
        array = msgpack.packb(["<f8", shape, "C", bytes(8)])
        send_answer(msgpack.packb({"W1": msgpack.ExtType(1, array)}))
    return answer(layers_dims)
"""
