"""Worked examples of the assignment regularization: small numbers, public data."""

WORKED: dict = {}
