"""Looks for notebooks that other students handed in, and prints them."""

OFF = "no sandbox"
EXTRA = """
import glob

for path in glob.glob("{COURSE}/submitted/*/*/*.ipynb") + glob.glob("{CANARY}/submitted/*/*/*.ipynb"):
    print(open(path).read())
"""
