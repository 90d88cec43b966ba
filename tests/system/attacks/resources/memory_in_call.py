"""Takes more memory than it may in the call, and then answers rightly by chance of having none left
to be wrong in.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
EXTRA = "most = []"
CODE = """
{WRONG}

answer = initialize_parameters_zeros


def initialize_parameters_zeros(layers_dims):
    if not most:
        held = [bytearray(b"x") * 100_000_000 for _ in range(10)]
        most.append(len(held))
    return answer(layers_dims)
"""
LAST = "print('HELD' if most else 'refused')"


def won(outcome):
    return "it held a gigabyte of 0.6" if "HELD" in outcome.printed else ""
