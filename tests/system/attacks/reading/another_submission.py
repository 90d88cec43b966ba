"""Looks for notebooks that other students handed in, and prints them."""

OFF = "no sandbox"
EXTRA = """
import glob

for root in ("{COURSE}", "{CANARY}"):
    for path in glob.glob(root + "/submitted/*/*/*.ipynb"):
        print(open(path).read())
"""
