"""A shell in a process of its own: reads cells from standard input and writes their outputs.

Each is one JSON text a line.
"""

import json
import sys

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
