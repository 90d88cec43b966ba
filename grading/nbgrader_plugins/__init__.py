"""The classes that nbgrader_config.py names.

Each file is named after the step of nbgrader that its class replaces: Execute, ClearSolutions and
the exporter of feedback pages; `Rebuild` is a step of its own.
"""
