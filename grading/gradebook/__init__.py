"""nbgrader's gradebook: opening it, reading it, and the one writer of grades."""
