"""Untrusted code in a process of its own: the student process, its sandbox, and how to reach it.

Nothing here knows of grading. Whoever uses this room is called the caller.

student_proxy.py     the caller's view of a student process: run a cell, call a function
restarted_process.py a process that is replaced when it ends; past_cells.py: what it runs again
student_function.py  stands for one function over there, and for the arrays that it returned
request.py           one request and its answer, with clock and memory in sight
student_handle.py    one student process and its sandbox: start it, end it
side_effects.py      do on the caller's side what a call did over there

student.py           the student process: how it starts, and what it gives up
student_server.py    answers requests in the student process
shell.py             runs cells as a notebook would
outputs.py           records outputs, bounds them, and cleans those that came from over there

channel.py           messages over a socket
serialization.py     values as bytes that carry no code
prefork.py           processes that are forked ready-made; prefork_main.py: their main program
sandbox.py           bubblewrap around a student process; linux.py: calls of the kernel
seccomp.py           a filter made of the list of allowed calls in system_calls.py
limits.py            what one submission may use; watch.py, clock.py: what it does use
activity.py          what processes are doing: running, waiting for a processor or a disk, or idle
memory_group.py      a control group that bounds memory; control_groups.py: where one can be made
stopwatch.py         where the time goes
"""
