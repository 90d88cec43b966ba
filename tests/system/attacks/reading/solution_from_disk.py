"""Opens the instructor's notebook and defines the function with the solution
that it finds there.
"""

OFF = "no sandbox"
CODE = """
import json

{WRONG}
for folder in ("{COURSE}", "{CANARY}/course"):
    try:
        cells = json.load(open(folder + "/source/initialization/initialization.ipynb"))["cells"]
    except OSError:
        continue
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "initialize_parameters_he":
            exec("".join(cell["source"]))
"""
