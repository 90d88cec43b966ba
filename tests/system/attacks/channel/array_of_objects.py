"""Returns arrays whose type is a pointer, a record, a date, or no type: bytes that would be taken
for addresses.
"""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    for kind in ("|O8", "|V8", "<M8[ns]", "O", "f8,O", "<f8\\n", "<f3", "<U99999999", 5):
        array = msgpack.packb([kind, [1], "C", bytes(8)])
        send_answer(msgpack.packb({"W1": msgpack.ExtType(1, array)}))
    return answer(layers_dims)
"""
