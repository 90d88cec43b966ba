"""A shell in a process of its own: reads cells from standard input and writes their outputs.

Each is one JSON text a line.
"""

import json
import sys

# In a new home it makes a list of all fonts when it is imported. Where that takes more than five
# seconds it says so on standard error, which would be an output of the cell that imports it. The
# server of student processes has imported it, too.
import matplotlib.font_manager  # noqa: F401

from grading.isolation.outputs import Recorder
from grading.isolation.shell import Shell


def main():
    answers = sys.stdout
    shell = Shell()
    for line in sys.stdin:
        request = json.loads(line)
        recorder = Recorder(request["limit"])
        result = shell.run(request["source"], recorder.emit)
        answer = {
            "outputs": recorder.outputs,
            "error": result.error,
            "raised": result.raised.as_data() if result.raised else None,
            "value": repr(result.value),
        }
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
