"""Worked examples of the assignment gradient_checking: small numbers, public data."""

WORKED: dict = {}
