"""Worked examples of the assignment initialization: small numbers, public data."""

WORKED: dict = {}
