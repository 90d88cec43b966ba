"""Returns arrays of texts of length zero: no content, but as many items as it likes, for which
numpy makes room.

The gigabytes are asked for four times over.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    array = msgpack.packb(["<U0", [15_000_000, 15], "C", b""])
    send_answer(msgpack.packb([msgpack.ExtType(1, array)] * 4))
    return answer(layers_dims)
"""
