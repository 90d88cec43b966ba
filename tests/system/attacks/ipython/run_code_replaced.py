"""The shell no longer runs compiled code, and says that all went well."""

OFF = "one process"
CODE = """
{WRONG}


async def run_code(code, result=None, *, async_=False):
    return False


get_ipython().run_code = run_code
"""
