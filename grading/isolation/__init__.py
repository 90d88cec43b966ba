"""Untrusted code in a process of its own: the student process, its sandbox, and the way to talk to it. Knows nothing of grading."""
