"""Asks the test process to call functions that this test never lent: built-in ones, tests, the
student's own.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    for name in ("eval", "__import__", "has_values", "initialize_parameters_he"):
        arguments = [msgpack.packb("1 + 1")]
        call = {"name": name, "arguments": arguments, "keywords": {}, "random": b""}
        send({"op": "callback", **call})
    return answer(layers_dims)
"""
