"""The sentences of findings, as templates: the inference engine fills in names and numbers."""

# Of a call -------------------------------------------------------------------------------------

TODO = "The exercise is still to be done."
NOTHING_YET = "nothing yet"
UNDEFINED = "After your cells have run there is no such function."
STOPPED = "It came to no end by itself, or took its whole process down."
ERROR = "It stops with an error before it hands anything back."
NOT_GRADABLE = (
    "What it hands back cannot be graded: only numbers, text, lists, tuples, dictionaries and "
    "numpy arrays of numbers can."
)
ERROR_HERE = "It stops with an error here, though it works with {input_text}."

CHANGED = "The call writes to its caller's {what}: afterwards it is not what it was."
CHANGED_EXPECTED = "every argument as it was"
CHANGED_ACTUAL = "{what} changed"

NOT_REPEATABLE = (
    "The same call made twice gives two different results: something from before plays a part."
)
NOT_REPEATABLE_EXPECTED = "the same result twice"
NOT_REPEATABLE_ACTUAL = "another result the second time"

WRONG_VERDICT = "What it prints does not fit the difference that it found."
VERDICT_EXPECTED = "a verdict that the gradient is {verdict}"
VERDICT_EXPECTED_HIDDEN = "the verdict that fits"
VERDICT_ACTUAL = "printed: {printed!r}"
VERDICT_MISSING = "nothing printed"

# On the cell that counted -----------------------------------------------------------------------

COPY_COUNTED = "This cell is in your notebook more than once: the last copy counted."
COPY_AS_RELEASED = (
    "This cell is in your notebook more than once: the last copy counted, and nothing is written "
    "in it."
)
DEFINED_AGAIN = "{name} is defined anew further down, in {where}: what stands there counted."
DEFINED_TOO_LATE = (
    "{name} is defined anew below its tests, in {where}: for these tests the cell above counted."
)
OWN_CELL = "a cell of your own"
SOLUTION_CELL = "the cell {grade_id}"

# Of the form of a result -----------------------------------------------------------------------

OTHER_TYPE = "What comes back is {actual}."
KEYS_MISSING = "{names} {are} missing"
KEYS_EXTRA = "there {are} also {names}"
NOT_FINITE = "held NaN or infinity"
WRONG_DTYPE = "came as {dtype} where floating-point numbers belong"
WRONG_TYPE = "came as {actual}"
SHAPE_TRANSPOSED = "came with rows and columns in each other's place"
SHAPE_FLAT = "came flat: one dimension is missing"
SHAPE_REORDERED = "came with the right number of entries in another shape"
SHAPE_SMALLER = "came smaller than it should be"
SHAPE_LARGER = "came larger than it should be"

# Of values -------------------------------------------------------------------------------------

# By relation between the actual and the expected values: what is said of {it} ("every entry of W1"
# or "the result") or of {them} ("W1"), and which question is asked.
RELATIONS = {
    "plain": ("the values of {them} are not what they should be", "value"),
    "stream": ("{them} hold other random numbers: {value}", "random"),
    "zero": ("{it} is zero", "value"),
    "sign": ("{it} has the opposite sign", "sign"),
    "opposite": ("zeros and ones of {them} are the wrong way round", "mask"),
    "squared": ("{it} is the square of what it should be", "value"),
    "root": ("{it} is the root of what it should be", "value"),
    "reciprocal": ("{it} is one over what it should be", "value"),
    "complement": ("{it} is one minus what it should be", "sign"),
    "single": ("{it} has lost half of its digits", "rounded"),
    "rounded": ("{it} is rounded: digits are missing", "rounded"),
    "transposed": ("rows and columns of {them} have changed places", "order"),
    "factor": ("{it} is what it should be times {value}", "factor"),
    "offset": ("{it} is off by the same number", "offset"),
    "signs": ("the sizes of {them} are right, some signs are not", "sign"),
    "order": ("the numbers in {them} are right, but stand in the wrong places", "order"),
    "leak": ("the entries of {them} that should be zero are not; the others are right", "value"),
    "silent": (
        "some entries of {them} are zero that should not be; the others are right",
        "value",
    ),
    "nearly": ("{it} is right in its first digits only", "rounded"),
    "slight": ("{it} is off by less than a millionth", "rounded"),
    "row offsets": ("each row of {them} is off by a number of its own", "offset"),
    "row factors": (
        "each row of {them} is what it should be times a number of its own",
        "factor",
    ),
    "column offsets": ("each column of {them} is off by a number of its own", "offset"),
    "column factors": (
        "each column of {them} is what it should be times a number of its own",
        "factor",
    ),
    "holds": ("the values of {them} are those of {value}{factor}", "made"),
    "term": ("the values of {them} are off by {value}{factor}", "offset"),
    "apart": (
        "apart from {value}, the values of {them} are what they should be times {factor}",
        "factor",
    ),
    "swap": ("in {them} stand the numbers of {value} belong", "made"),
    "rows": ("only {value} of {them} is wrong", "only"),
    "columns": ("only {value} of {them} is wrong", "only"),
    "entries": ("some entries of {them} are right and others wrong", "value"),
    "larger": ("{it} is too large each time", "value"),
    "smaller": ("{it} is too small each time", "value"),
}
RESULT = "the result"
EVERY_ENTRY = "every entry of {them}"
TIMES = ", times {factor}"
CHANGING_FACTOR = "a number that changes"
SHARE = "a share of {array}"
SWAPPED = " where those of "  # between the names of two arrays, in the {value} of "swap"
ONLY_LINE = "the {position} {line}"
SOME_LINE = "one {line} or another"

OTHER_DISTRIBUTION = "they are {kind}"
OTHER_SEED = "they are the numbers of seed {seed}"
DISTRIBUTIONS = {
    "normal": "drawn from a normal distribution",
    "uniform": "uniform between 0 and 1",
    "transposed": "drawn in the shape (columns, rows) and then transposed",
}

OTHERS_RIGHT = "{names} {are} right."
FOLLOWING_WRONG = "What follows from it is wrong too; the rest is right."
ALL_OTHERS_RIGHT = "All other parts are right."
OTHER_VALUES = "{form}, other values"

# On the inputs for which a function is right -----------------------------------------------------

SOMETIMES = "It is right for some inputs, and wrong for others."
RIGHT_WHERE = "It is right where {name} {value}."
WRONG_WHERE = "It is wrong only where {name} {value}."
WRONG_WHERE_NOT_ALWAYS = "It is wrong only where {name} {value}, though not each time."
RIGHT_UP_TO = "It is right up to {name} = {right:g}, and wrong from {name} = {wrong:g} on."
WRONG_UP_TO = "It is wrong up to {name} = {wrong:g}, and right from {name} = {right:g} on."

# On the points at which a gradient check measures ------------------------------------------------

NEVER_CALLED = "{stub} is never called"
OTHER_FIXED = "{stub} is called with another {fixed} than the one given"
MANY_MOVED = "more than one entry is moved in {moving} of {calls} calls of {stub}"
NEVER_MOVED = "{entries} never moved"
ONE_SIDE = "{entries} moved to one side only"
WRONG_STEP = "a nudge is {times:.4g} times {step}"
EACH_ENTRY = "each entry is"
SOME_ENTRIES = "{count} of {size} entries {are}"
PERTURBATION_EXPECTED = "each entry alone, {step:g} up and {step:g} down"
PERTURBATION_ACTUAL = "{calls} calls of {stub}"


def is_or_are(count: int) -> str:
    """The verb that goes with so many things."""
    return "is" if count == 1 else "are"
