"""Takes more memory than it may, and holds it."""

OFF = "one process"
EXTRA = """
held = []
for _ in range(10):
    held.append(bytearray(b"x") * 100_000_000)
print("HELD", len(held))
"""


def won(outcome):
    return "it held a gigabyte of 0.6" if "HELD" in outcome.printed else ""
