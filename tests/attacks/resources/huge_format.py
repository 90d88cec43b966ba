"""Formats a number to a width of gigabytes."""

OFF = "one process"
PATIENCE = 10
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
def initialize_parameters_zeros(layers_dims):
    text = []
    for number in range(1000):
        text.append(f"{number:>50000000}")
    return text
"""
EXTRA = "kept = [' ' * 50_000_000 for _ in range(20)]; print('HELD')"


def won(outcome):
    return "it held a gigabyte of 0.6" if "HELD" in outcome.printed else ""
