"""Fills every folder in which it may write."""

OFF = "no sandbox"
LIMITS = {"disk": 20_000_000}
EXTRA = """
import os

for folder in (".", "{TMP}", "{SHM}"):
    try:
        for number in range(3):
            with open(f"{folder}/{MARK}-{number}", "wb") as file:
                file.write(bytes(20_000_000))
        print("HELD", folder)
    except OSError as error:
        print(error)
    for number in range(3):
        if os.path.exists(f"{folder}/{MARK}-{number}"):
            os.remove(f"{folder}/{MARK}-{number}")
"""


def won(outcome):
    return "it wrote 60 MB of 20" if "HELD" in outcome.printed else ""
