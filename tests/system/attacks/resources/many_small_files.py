"""Makes a hundred thousand empty files, which take no space and yet take memory."""

OFF = "no sandbox"
LIMITS = {"disk": 20_000_000, "cell_seconds": 10}
EXTRA = """
import os

made = 0
try:
    for number in range(50_000):
        open(f"{MARK}-{number}", "w").close()
        made += 1
except OSError as error:
    print(error)
print("HELD" if made == 50_000 else "refused")
"""


def won(outcome):
    return "it made 50,000 files" if "HELD" in outcome.printed else ""
