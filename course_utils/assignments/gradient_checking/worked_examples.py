"""Worked examples of the assignment on gradient checking: small numbers, public data."""

NUMBER = (
    "A plain number has no dimension: `np.ndim(8.0)` is 0. An array around it has one or more: "
    "`np.ndim(np.array([8.0]))` is 1. Text is no number at all, even if it looks like one."
)
CHANGED = (
    "Call your function with 2 and 4, then with 3 and 5, then with 2 and 4 again. The first and "
    "the third answer must agree, since nothing else went in."
)
DIGITS = (
    "A nudge of 1e-7 must survive. `round(8.0000002, 6)` is 8.0, so a rounded result shows "
    "nothing. A float32 does no better: `float(np.float32(1 + 1e-8))` is 1.0."
)
NUDGES = (
    "Around theta = 4 with epsilon = 0.5 the two points are `4 + 0.5` is 4.5 and `4 - 0.5` is "
    "3.5. Between them lies `4.5 - 3.5` is 1.0, which is more than one epsilon."
)
ORDER = (
    "From left to right: `6 / 2 * 3` is 9.0, and `6 / (2 * 3)` is 1.0. Minus later: `8 - 6 / 2` "
    "is 5.0, but `(8 - 6) / 2` is 1.0."
)
RATIO = (
    "Take the columns (3, 4) and (0, 5). Their lengths are 5 each: `float(np.linalg.norm([3, "
    "4]))` is 5.0. They are `round(float(np.linalg.norm([3, -1])), 3)` is 3.162 apart, and the "
    "ratio becomes 0.316."
)
MESSAGE = (
    "The line is drawn at 2e-7. `1.19e-7 > 2e-7` is False, so a right network passes; `3e-7 > "
    "2e-7` is True. One sentence for each side, none when print_msg is False."
)
SIGN = (
    "Take the slopes 2 and 2. Their distance is `abs(2 - 2)` is 0, their sum `abs(2 + 2)` is 4. "
    "For 2 and -2 it is the other way round. Which pair should pass the check?"
)
CALL = (
    "The check compares two numbers from different places: one measured by nudging, one given by "
    "the code on trial. If that code said 3 where the slope is 2, `abs(3 - 2)` is 1: would yours "
    "see it?"
)
ERROR_LINE = (
    "Read the error from below: the last line says what, the lines above say where. Then print "
    "type and shape of what you "
    'hand over there: `type({}).__name__` is "dict", which is no vector.'
)
VERDICT_DIGITS = (
    "A right derivative gives a very small number, not zero. `round(1.19e-7, 6)` is 0.0, and a "
    "float16 knows little below it: `float(np.float16(1e-8))` is 0.0. Such a result says less "
    "than it could."
)
EPSILON = (
    "Try epsilon = 0.1 at theta = 4: `4 + 0.1` is 4.1. Try 1e-7: `4 + 1e-7` is 4.0000001. Print "
    "theta_plus in your function for both and see whether it follows."
)
AVERAGE = (
    "Say three examples cost 0.2, 0.4 and 0.6. The cost is their average: `(0.2 + 0.4 + 0.6) / 3` "
    "is 0.4. Six examples, each of these twice, must give the same number."
)
EXAMPLES = (
    "X of the example has the shape (4, 3): 4 features, 3 examples, and `np.zeros((4, "
    "3)).shape[1]` is 3. With 7 examples that becomes 7. Which of your lines must notice?"
)
ALIAS = (
    "Two names can mean one array: after a = np.array([1, -2]) and b = a, the line b[1] = 0 "
    "changes a as well. Print an input before and after your call."
)
RELU = (
    "ReLU gives 0 for -2 and 3 for 3, so A > 0 tells who was active: `int(0 > 0)` is 0 and `int(3 "
    "> 0)` is 1. With the other sign `int(0 >= 0)` is 1."
)
TABLE = (
    "Of the 47 rows 20 belong to W1: `5 * 4` is 20. Then 5 to b1, 15 to W2, 3 to b2, 3 to W3 and "
    "1 to b3. Print grad and gradapprox side by side and count down."
)

WORKED_EXAMPLES = {
    "forward_propagation": {
        "shape": NUMBER,
        "type": NUMBER,
        "changed": CHANGED,
        "rounded": DIGITS,
        "general": (
            "One example can fit by chance: `2 * 4` is 8, and so is `2 ** 3` is 8. Try x = 3 and "
            "theta = 5, where `3 * 5` is 15, and then x = 0."
        ),
        "sign": (
            "Take x = -1.5 and theta = 4. One negative factor makes the product negative: `-1.5 * "
            "4` is -6.0. Two make it positive again: `-1.5 * -4` is 6.0."
        ),
        "error": (
            "Try other kinds of numbers: x = 0.5 and theta = -3 give `0.5 * -3` is -1.5. If your "
            "function stops there, which line of it works for whole or positive numbers only?"
        ),
        "value": (
            "For x = 3 and theta = 5 the formula gives `3 * 5` is 15. For x = 0 it gives `0 * 5` "
            "is 0. Call your function with both and compare."
        ),
    },
    "backward_propagation": {
        "shape": NUMBER,
        "type": NUMBER,
        "changed": CHANGED,
        "rounded": DIGITS,
        "general": (
            "For x = 3, J is 15 at theta = 5 and 18 at theta = 6: `18 - 15` is 3. From 0 to 1 it "
            "rises by 3 too. Does yours?"
        ),
        "sign": (
            "Take x = -1.5. J at theta = 2 is `-1.5 * 2` is -3.0, at theta = 3 it is `-1.5 * 3` "
            "is -4.5. So J falls as theta rises, at every theta."
        ),
        "error": (
            "Try other kinds of numbers, theta = 0 among them. J for x = 2 rises from 0 to 2 "
            "between theta = 0 and 1: `2 * 1 - 2 * 0` is 2. There is a slope."
        ),
        "value": (
            "Hold x = 3. J is `3 * 5` is 15 at theta = 5 and `3 * 6` is 18 at theta = 6. A step "
            "of 1 raises J by 3, wherever you begin."
        ),
    },
    "gradient_check": {
        "shape": NUMBER,
        "changed": CHANGED,
        "rounded": VERDICT_DIGITS,
        "general": EPSILON,
        "points": NUDGES,
        "order": ORDER,
        "ratio": RATIO,
        "message": MESSAGE,
        "sign": SIGN,
        "call": CALL,
        "error": ERROR_LINE,
        "value": (
            "Take x = 2, theta = 4, epsilon = 0.5. Above, `2 * 4.5` is 9.0; below, `2 * 3.5` is "
            "7.0. The slope: `(9.0 - 7.0) / 1.0` is 2.0. Print your numbers."
        ),
    },
    "forward_propagation_n": {
        "shape": NUMBER,
        "changed": ALIAS,
        "rounded": DIGITS,
        "general": EXAMPLES,
        "cost": AVERAGE,
        "error": ERROR_LINE,
        "keys": (
            "The cache has 12 entries, Z, A, W, b for each of three layers: `3 * 4` is 12. Print "
            "the shape of each of yours beside the docstring's list."
        ),
        "layers": (
            "Follow one hidden unit by hand: z is -2, ReLU gives `max(0, -2)` is 0; z is 3, it "
            "gives `max(0, 3)` is 3. Only the last layer uses the sigmoid."
        ),
        "value": (
            "An example with label 1 and output 0.8 costs `round(float(-np.log(0.8)), 4)` is "
            "0.2231. With label 0 the same output costs `round(float(-np.log(0.2)), 4)` is "
            "1.6094. The cost averages these."
        ),
    },
    "backward_propagation_n": {
        "shape": (
            "A gradient has the shape of what it belongs to: dW2 that of W2, db2 that of b2. "
            "`np.sum(np.ones((3, 7)), axis=1, keepdims=True).shape` is (3, 1): one number for "
            "each of 3 units."
        ),
        "dtype": (
            "A whole-number array cannot hold a fraction: `int(np.int64(0.7))` is 0. Only the "
            "comparison gives 0 and 1: `int(np.int64(0.7 > 0))` is 1."
        ),
        "changed": ALIAS,
        "general": EXAMPLES,
        "relu": RELU,
        "table": TABLE,
        "error": ERROR_LINE,
        "keys": (
            "Three layers make nine gradients dZ, dW and db with the numbers 1 to 3, and dA2 and "
            "dA1 besides: `3 * 3 + 2` is 11. Count the keys of your dictionary."
        ),
        "factor": (
            "Say the three examples give 3, 6 and 9. Their average is `(3 + 6 + 9) / 3` is 6.0. "
            "Divide by 3 twice and it is 2.0, never and it is 18."
        ),
        "layers": (
            "Lines of one kind are alike but for the layer number. Write the three dW lines below "
            "each other, then the three db lines, and mark every sign in which they differ."
        ),
        "sign": (
            "An output of 0.8 where the label is 1 should rise. `0.8 - 1` is -0.2, and a step "
            "against it goes up: `0.8 - 0.5 * -0.2` is 0.9. With the other sign it would fall."
        ),
        "back": (
            "Say z = 2 a. If a grows by 1, z grows by 2, so a gradient of 5 for z becomes `2 * 5` "
            "is 10 for a. The 2 that carried the signal is needed, unchanged."
        ),
        "value": (
            "Trust the measurement: gradapprox is made without your derivative. Divide an entry "
            "of grad by the one of gradapprox: a right line gives 1, and anything else points to "
            "the line."
        ),
    },
    "gradient_check_n": {
        "shape": (
            "Columns stay columns: `(np.ones((47, 1)) - np.ones((47, 1))).shape` is (47, 1). A "
            "flat one spreads into a table: `(np.ones((47, 1)) - np.ones(47)).shape` is (47, 47)."
        ),
        "changed": ALIAS,
        "rounded": VERDICT_DIGITS,
        "general": EPSILON,
        "points": NUDGES,
        "order": ORDER,
        "ratio": RATIO,
        "message": MESSAGE,
        "sign": SIGN,
        "table": TABLE,
        "call": CALL,
        "error": ERROR_LINE,
        "value": (
            "Follow one pass on the column (1, 2, 3) with epsilon 0.1. Pass 0 uses (1.1, 2, 3) "
            "and (0.9, 2, 3), pass 1 uses (1, 2.1, 3) and (1, 1.9, 3). Print yours."
        ),
    },
}
