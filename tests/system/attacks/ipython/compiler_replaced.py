"""The shell's compiler parses an empty text in place of a test."""

OFF = "one process"
CODE = """
compiler = get_ipython().compile
parse = compiler.ast_parse
compiler.ast_parse = lambda source, *rest, **keywords: parse(
    "" if "has_" in source else source, *rest, **keywords
)
{WRONG}
"""
