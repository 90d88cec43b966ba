"""Worked examples of the assignment on initialization: small numbers, public data."""

SHAPE = (
    "Take a layer of 4 units that get 2 inputs each. One unit needs 2 weights, one row; four rows "
    "give `np.zeros((4, 2)).shape` is (4, 2). Then `(np.ones((4, 2)) @ np.ones((2, 5))).shape` is "
    "(4, 5)."
)
KEYS = (
    "For [2, 4, 1] there are two layers with weights: `len([2, 4, 1]) - 1` is 2. They are "
    "numbered from 1, so the dictionary has four entries: W1, b1, W2, b2."
)
GENERAL = (
    "Try lists of other lengths by hand. [4, 3] has one layer with weights, and [2, 10, 5, 3, 1] "
    "has `len([2, 10, 5, 3, 1]) - 1` is 4. Count your keys for both."
)
CHANGED = (
    "Make a list `a = [2, 4, 1]`, call your function on a, then print a. If it is no longer [2, "
    "4, 1], or a second call remembers the first, something is shared that should be new."
)
BIAS = (
    "Add a bias to a 4 by 5 matrix. A column works for each unit: `(np.ones((4, 5)) + np.ones((4, "
    "1))).shape` is (4, 5). A flat bias of 5 numbers would be spread over the examples instead."
)
DTYPE = (
    "A whole-number array cannot hold a fraction: `np.array([0.7]).astype(int)[0]` is 0. Single "
    "precision keeps about 7 digits: `float(np.float32(0.1)) == 0.1` is False."
)
ERROR = (
    "np.zeros takes one shape: `np.zeros((2, 3)).shape` is (2, 3). np.random.randn takes the "
    "sizes one by one: `np.random.randn(2, 3).shape` is (2, 3). Each fails with the other's "
    "arguments."
)
RANDOM = (
    "After seed 3 the first numbers are fixed: `round(np.random.RandomState(3).randn(), 4)` is "
    "1.7886. Whatever draws first gets 1.7886, and another function gives others: "
    "`round(np.random.RandomState(3).rand(), 4)` is 0.5508."
)

WORKED_EXAMPLES = {
    "initialize_parameters_zeros": {
        "shape": SHAPE,
        "keys": KEYS,
        "general": GENERAL,
        "changed": CHANGED,
        "bias": BIAS,
        "dtype": DTYPE,
        "error": ERROR,
        "value": (
            "A unit with weights 0 and 0 and bias 0 gives `0 * 1.5 + 0 * -2.0 + 0` is 0 for every "
            "input. That sameness of all units is what this start is there to show."
        ),
    },
    "initialize_parameters_random": {
        "shape": SHAPE,
        "keys": KEYS,
        "general": GENERAL,
        "changed": CHANGED,
        "dtype": DTYPE,
        "error": ERROR,
        "random": RANDOM,
        "scale": (
            "The first number after seed 3 is 1.78862847. Ten times as wide a bell makes it "
            "`1.78862847 * 10` is 17.8862847. Compare the first entry of your W1 with that number."
        ),
        "value": (
            "For [2, 4, 1] the first entry of W1 is 17.886 and the second 4.365. Biases need no "
            "random numbers, so the next layer goes on where W1 stopped: with -0.438."
        ),
    },
    "initialize_parameters_he": {
        "shape": SHAPE,
        "keys": KEYS,
        "general": GENERAL,
        "changed": CHANGED,
        "dtype": DTYPE,
        "error": ERROR,
        "random": RANDOM,
        "scale": (
            "A unit that adds up 8 inputs wants a variance of one quarter: `2 / 8` is 0.25. The "
            "weights are multiplied by the width, and `0.25 ** 0.5` is 0.5. Try your scale with 8."
        ),
        "value": (
            "For [2, 4, 1] the first entry of W1 is 1.7886 and the first of W2 is -0.0310. Divide "
            "your entries by these: a ratio that differs from 1 tells which size is off."
        ),
    },
}
