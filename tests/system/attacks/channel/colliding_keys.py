"""Returns a dictionary of a hundred thousand numbers with one and the same hash: reading it takes
hours.
"""

OFF = "one process"
LIMITS = {"cell_seconds": 2, "submission_seconds": 4}
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    count, packer = 100_000, msgpack.Packer()
    numbers = (str(number * (2**61 - 1)).encode() for number in range(count))
    keys = (msgpack.packb(msgpack.ExtType(5, number)) for number in numbers)
    send_answer(packer.pack_map_header(count) + b"".join(key + bytes([0]) for key in keys))
    return answer(layers_dims)
"""
