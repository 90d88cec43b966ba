"""Hands back a random state whose position lies far outside of its table: the next draw reads
foreign memory.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    keys = msgpack.ExtType(1, msgpack.packb(["<u4", [624], "C", bytes(4 * 624)]))
    state = msgpack.packb(["MT19937", keys, 2**30, 0, 0.0])
    send_answer(msgpack.packb(1.0), random=msgpack.packb(msgpack.ExtType(3, state)))
    return answer(layers_dims)
"""
