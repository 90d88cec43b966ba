"""np.all finds everything true, so that a comparison element by element ends well."""

OFF = "one process"
CODE = """
np.all = lambda *arguments, **keywords: True
{WRONG}
"""
