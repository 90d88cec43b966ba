"""Writes one file that is larger than any submission needs, with a hole in it that takes no time to
write.
"""

OFF = "one process"
EXTRA = """
try:
    with open("large", "wb") as file:
        file.truncate(2_000_000_000)
        file.seek(1_999_000_000)
        file.write(b"x")
    print("HELD")
except OSError as error:
    print(error)
"""


def won(outcome):
    return "it made a file of two gigabytes" if "HELD" in outcome.printed else ""
