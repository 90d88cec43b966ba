"""Calls the functions that a test lends with arguments that are no numbers: texts, long lists,
missing ones.
"""

OFF = "not run: without the engine no function is called across"
ASSIGNMENT = "gradient_checking"
FUNCTIONS = ["gradient_check"]
CODE = """
{CHANNEL}


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    hostile = [(), ("a",), ("a" * 10_000, 10**4), ([0] * 100_000, 100_000)]
    hostile += [(None, None), ({}, {}), (b"x", 2**62)]
    for arguments in hostile:
        try:
            forward_propagation(*arguments)
        except Exception:
            pass
    send({"op": "callback", "name": ["a"], "arguments": 5, "keywords": [1], "random": {}})
    return 0.3
"""
