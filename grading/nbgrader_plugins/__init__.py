"""The classes that nbgrader_config.py names, one a file, named after the step of nbgrader's that it replaces."""
