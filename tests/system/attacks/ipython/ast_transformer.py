"""A transformer of the syntax tree takes the calls of tests out of every later cell."""

OFF = "one process"
CODE = """
import ast


class Drop(ast.NodeTransformer):
    def visit_Expr(self, node):
        called = getattr(getattr(node.value, "func", None), "id", "")
        return None if called.startswith(("has_", "check")) else node


get_ipython().ast_transformers.append(Drop())
{WRONG}
"""
