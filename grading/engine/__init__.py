"""Runs a notebook in two processes: the student's cells in a sandbox, the test cells outside it.

    engine.py    the instructor's end: warm parents, one submission in, one result out
    warm.py      parents that have imported everything and are forked for each submission; parents.py starts them
    tester.py    the parent of test processes; assignment.py and cells.py: what it has read for them
    run.py       the test process: cells in their order, a verdict for each test
    proxy.py     ... its view of the student: cells to run, functions to call; child.py, conversation.py, effects.py: how
    student.py   the student process: runs what it is sent, inside the sandbox
    sandbox.py   bubblewrap, and joining its namespaces
    channel.py   messages between the two; values.py: what may cross in them; shell.py: running a cell in either
    limits.py    what a submission may use, and the watch on it; stopwatch.py: where its time goes

Nothing here may import hidden tests, cases or expected arrays at the top of a module: the student process is
forked from a parent that has imported this package.
"""
