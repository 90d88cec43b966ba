"""Read the verdict of a gradient check in what it printed."""

import re

VERDICTS = {
    "wrong": re.compile(r"(?<!no )\bmistake|(?<!not )\bwrong\b|\bincorrect\b|\bnot correct\b"),
    "right": re.compile(r"\bfine\b|(?<!not )\bcorrect\b|\bno mistake|\bnot wrong\b"),
}


def verdict(printed: str) -> str:
    """ "right" or "wrong", in any of the usual wordings; "" for neither or both."""
    found = [name for name, wording in VERDICTS.items() if wording.search(printed.lower())]
    return found[0] if len(found) == 1 else ""
