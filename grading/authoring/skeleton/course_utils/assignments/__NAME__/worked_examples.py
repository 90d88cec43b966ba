"""Worked examples of the assignment on __NAME__: small numbers, public data."""

WORKED_EXAMPLES = {
    "__FUNCTION__": {
        "value": (
            "Take the scores 0 and 1. Their exponentials are 1 and 2.7183, and `1 + 2.7183` is "
            "3.7183. The shares are `1 / 3.7183` is 0.2689 and `2.7183 / 3.7183` is 0.7311."
        ),
        "shape": (
            "Adding up a (3, 2) array over its rows leaves one number a column: `np.ones((3, "
            "2)).sum(axis=0, keepdims=True).shape` is (1, 2). Over everything, `np.ones((3, "
            "2)).sum()` is 6."
        ),
        "finite": (
            "The largest double is about 1.8e308, and exp(1000) lies beyond it. Scores of 1000 "
            "and 1001 have the same shares as 0 and 1: `float(np.exp(1001 - 1001))` is 1.0."
        ),
        "changed": (
            "After a = np.array([1.0, 2.0]) and b = a, the line b -= 1 changes a as well, since "
            "both are one array. Print Z before and after your call."
        ),
        "general": (
            "A matrix of 12 classes and 4 examples has 4 columns: `np.zeros((12, 4)).shape[1]` is "
            "4. Write down which numbers in your lines would have to change for it."
        ),
    }
}
