"""Says of its arguments that the call turned them into other things: shorter, nested, under names
that do not exist.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    value = msgpack.packb([[1], {"a": [2]}, None])
    changed = {"0": {"value": value}, "9" * 5000: {"value": value}, "-1": 5}
    changed |= {"name": {"value": b""}, "1": {}}
    send_answer(msgpack.packb(1.0), changed=changed)
    return answer(layers_dims)
"""
