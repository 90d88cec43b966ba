"""What a student's notebook may import.

The mathematics, to read and to use:

- `layers`: activations, the linear step, and their derivatives;
- `network`: forward and backward propagation, cost, update and prediction;
- `training`: gradient descent with a progress bar;
- `vectors`: a network's parameters as one column, as gradient checking needs them;
- `datasets`: the data sets of the course;
- `plotting`, `animation`, `explorers`: pictures that stand still, that move, and that have sliders.

What a student calls about their own work:

- `check`: the visible check of one exercise, `check(function)`;
- `hint`: hints in three steps, `hint(function)`;
- `progress`: all exercises of a notebook at a glance, `progress("notebook")`;
- `submit`: hand in, or make the file to hand in, `submit("notebook")`;
- `questions`: guesses before an experiment, and the self-test at the end.

What stands behind the checks:

- `explain`: the inference engine, from a wrong result to what is wrong with it;
- `messages`: the sentences that a student can read;
- `assignments`: the public side of every notebook: examples, hints and worked examples.

`__version__` is what a notebook's first cell asks for: `grading.authoring.first_cell`, of the
instructors, writes it there.

`environment` tells a notebook from a terminal. `checks` and `hints` are the former names of `check`
and `hint`; notebooks that were released with them keep working.
"""

__version__ = "0.1.0"
