"""Worked examples of the assignment on regularization: small numbers, public data."""

GENERAL = (
    "Y of 5 examples has the shape (1, 5), and `np.zeros((1, 5)).shape[1]` is 5. For 7 examples "
    "it is 7. Write down which numbers in your lines would have to change for those 7."
)
RELU = (
    "ReLU gives 0 for -2 and 3 for 3, so A > 0 tells who was active: `int(0 > 0)` is 0 and `int(3 "
    "> 0)` is 1. With the other sign `int(0 >= 0)` is 1."
)
ROUNDED = (
    "Rounding shows what is lost: `round(1.78648594505, 6)` is 1.786486, and "
    "`float(np.float32(0.1)) == 0.1` is False. A double keeps about 16 digits."
)
CACHE_CHANGED = (
    "Two names can mean one array: after a = np.array([1, -2]) and b = a, the line b[1] = 0 "
    "changes a as well. Print an entry of the cache before and after your call."
)
ERROR = (
    "Shapes that do not fit give an error: a (2, 3) array times a (2, 3) array by @ fails, while "
    "`(np.ones((2, 3)) @ np.ones((3, 2))).shape` is (2, 2). Print the shapes in the line it names."
)
SCALE = (
    "Say a is 2 and keep_prob is 0.8. Forward: `2 * 1 / 0.8` is 2.5 for a unit that is kept. "
    "Raise a to 3 and it gives `3 * 1 / 0.8` is 3.75: a slope of 1.25."
)
LAYERS = (
    "The network has three layers with weights: X, then A1 and A2, which are hidden, then A3, the "
    "output. Write 1, 2, 3 in a column and beside each number the lines that belong to it."
)

WORKED_EXAMPLES = {
    "compute_cost_with_regularization": {
        "general": GENERAL,
        "error": ERROR,
        "rounded": ROUNDED,
        "shape": (
            "The cost is one number, no array: `np.ndim(0.5)` is 0, while "
            "`np.ndim(np.array([[0.5]]))` is 2. A product of two matrices leaves a matrix, even "
            "if it has one entry."
        ),
        "changed": (
            "After W = np.array([3.0]) the line W **= 2 leaves 9 in the array of whoever passed "
            "it in. A new array is made by an expression: `float(np.square(3.0))` is 9.0."
        ),
        "value": (
            "Take lambda 0.1, 5 examples and the weights 3 and -1 alone. The squares add up to "
            "`3**2 + (-1) ** 2` is 10, and the penalty for that is 0.1. What does your line give?"
        ),
        "factor": (
            "Take lambda 0.1, 5 examples and squares that add up to 10: the penalty is 0.1. With "
            "10 examples it is 0.05. Put both into your line."
        ),
        "order": (
            "Python works from left to right: `6 / 2 * 3` is 9.0, and `6 / (2 * 3)` is 1.0. Two "
            "slashes drop the fraction: `0.1 // 10` is 0.0, where `0.1 / 10` is 0.01."
        ),
        "sum": (
            "Take the weights 1 and -1. Squares first: `1**2 + (-1) ** 2` is 2. Sum first: `(1 + "
            "-1) ** 2` is 0. And a mean of the squares gives 1, however many weights there are."
        ),
        "square": (
            "Take W = [[1, 2], [3, 4]]. Every entry with itself: `1 + 4 + 9 + 16` is 30. The "
            "matrix product with itself adds up to `int(np.sum(np.array([[1, 2], [3, 4]]) @ "
            "np.array([[1, 2], [3, 4]])))` is 54."
        ),
        "norm": (
            "The column (3, 4) has the length 5: `float(np.linalg.norm([3, 4]))` is 5.0. Its "
            "squares add up to `3**2 + 4**2` is 25. Which of the two numbers grows as the formula "
            "says?"
        ),
    },
    "backward_propagation_with_regularization": {
        "general": GENERAL,
        "error": ERROR,
        "rounded": ROUNDED,
        "changed": CACHE_CHANGED,
        "relu": RELU,
        "shape": (
            "A gradient has the shape of what it belongs to: dW3 that of W3, (1, 3) in the "
            "example. `(np.ones((1, 5)) @ np.ones((5, 3))).shape` is (1, 3): the examples, here "
            "5, disappear in between."
        ),
        "keys": (
            "Three layers make nine gradients dZ, dW and db with the numbers 1 to 3, and dA2 and "
            "dA1 besides: `3 * 3 + 2` is 11. Count the keys of your dictionary."
        ),
        "value": (
            "Measure it: for a penalty of 0.01 w squared at w = 3, a step of 0.001 to both sides "
            "gives `0.01 * (3.001**2 - 2.999**2) / 0.002` is 0.06. Compare that with what your "
            "term gives."
        ),
        "factor": (
            "Measure a slope: half of w squared at w = 3 gives `(0.5 * 3.001**2 - 0.5 * 2.999**2) "
            "/ 0.002` is 3.0. What became of the half? Put the same numbers into your line."
        ),
        "layers": (
            "Set lambda to 0 and then to 0.7, and subtract the two dW of each layer. What remains "
            "is the weight term: is it there for W1, W2 and W3, with the same factor?"
        ),
        "sign": (
            "A weight of 3 with no data to justify it should shrink. A step against a gradient of "
            "0.4 does so: `3 - 0.1 * 0.4` is 2.96. Against -0.4 it grows: `3 - 0.1 * -0.4` is "
            "3.04."
        ),
        "derivative": (
            "Measure slopes of w squared. At w = 3: `(3.001**2 - 2.999**2) / 0.002` is 6.0. At w "
            "= -3: `((-2.999) ** 2 - (-3.001) ** 2) / 0.002` is -6.0. It has size and sign of w."
        ),
        "back": (
            "Say z = 2 a. If a grows by 1, z grows by 2, so a gradient of 5 for z becomes `2 * 5` "
            "is 10 for a. The 2 that carried the signal is needed, unchanged."
        ),
    },
    "forward_propagation_with_dropout": {
        "general": (
            "keep_prob = 1 keeps everything: `bool(np.all(np.random.RandomState(1).rand(2, 5) < "
            "1))` is True. So every mask must be all ones and A3 that of the plain network. Call "
            "yours so."
        ),
        "error": ERROR,
        "scale": (
            "Let four units give 1 each, and drop one: the sum falls from 4 to 3. With keep_prob "
            "0.75 each of the others becomes `1 / 0.75` is 1.3333, and the sum is 4 again."
        ),
        "layers": LAYERS,
        "shape": (
            "A1 of the example has 2 units and 5 examples: `np.random.RandomState(1).rand(2, "
            "5).shape` is (2, 5), one random number for each of the 10 entries. Which shape has "
            "your D1?"
        ),
        "changed": CACHE_CHANGED,
        "random": (
            "After seed 1 the first number from rand is `round(np.random.RandomState(1).rand(), "
            "4)` is 0.417, and the second, 0.7203, stands beside it in the first row. Compare "
            "with yours."
        ),
        "mask": (
            "Take the random numbers 0.1, 0.5, 0.9 and keep_prob 0.7. A number lies below 0.7 "
            "with a chance of 0.7: two of these three do. Which of them does your comparison keep?"
        ),
        "cache": (
            "The cache has 14 entries, for each layer Z, D, A, W, b, with no D in the last: `5 + "
            "5 + 4` is 14. Print the shape of each of yours beside the docstring's list."
        ),
        "value": (
            "Take one unit with a = 2 and keep_prob 0.8. Kept, it becomes `2 * 1 / 0.8` is 2.5; "
            "dropped, `2 * 0 / 0.8` is 0.0. On average over masks that makes `0.8 * 2.5` is 2.0."
        ),
    },
    "backward_propagation_with_dropout": {
        "general": (
            "With keep_prob 0.8 one kept unit carries `1 / 0.8` is 1.25, with 0.5 it carries `1 / "
            "0.5` is 2.0. Call your function with both and divide one dA2 by the other."
        ),
        "error": ERROR,
        "scale": SCALE,
        "layers": LAYERS,
        "relu": RELU,
        "changed": CACHE_CHANGED,
        "shape": (
            "A gradient has the shape of what it belongs to: dA1 that of A1, (2, 5) in the "
            "example. A mask of that layer fits it entry by entry: `(np.ones((2, 5)) * "
            "np.ones((2, 5))).shape` is (2, 5)."
        ),
        "mask": (
            "A unit that was dropped gave `2 * 0 / 0.8` is 0.0 and gives `3 * 0 / 0.8` is 0.0 "
            "just as well: whatever it does, nothing changes. So what is the slope there?"
        ),
        "order": (
            "Follow one number. It leaves layer 2 as A2, is masked, is scaled, goes into layer 3. "
            "The way back has the same steps in reverse: which of them comes before dZ2?"
        ),
        "value": (
            "One unit with a = 2 and keep_prob 0.8 passes on `2 * 1 / 0.8` is 2.5. With a = 2.1 "
            "it is `2.1 * 1 / 0.8` is 2.625. So the slope is 1.25."
        ),
    },
}
