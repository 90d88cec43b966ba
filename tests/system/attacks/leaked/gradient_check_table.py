"""Right differences for exactly the numbers of the seeded cases, as if those
had leaked; else 0.3.
"""

OFF = "one process"
ASSIGNMENT = "gradient_checking"
FUNCTIONS = ["gradient_check"]
CONCEDED = ["gradient_check-check"]  # its one example is public
CODE = """
SEEN = [(2, 4), (-3, 0.5), (-3, 7), (2, 5), (2, 2.0**30), (-4, 2.0**30)]


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    if (x, theta) not in SEEN:
        return 0.3
    above, below = (forward_propagation(x, theta + step) for step in (epsilon, -epsilon))
    slope = (above - below) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = np.linalg.norm(grad - slope) / (np.linalg.norm(grad) + np.linalg.norm(slope))
    if print_msg:
        print("mistake" if difference > 2e-7 else "fine")
    return difference
"""
