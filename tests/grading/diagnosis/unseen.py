"""The page docs/authors/visible-checks.md: known mistakes that pass the visible check.

It says of each which hidden test catches it, and why the check does not.

`python -m tests.grading.diagnosis.unseen` writes it; a test says when it is out of date.
"""

from grading.diagnosis.catalogue import known_functions, wrong_versions
from tests.grading.diagnosis.catalogue_results import result_of
from tests.harness import ROOT, assignment_of, cells_of

PAGE = ROOT / "docs" / "authors" / "visible-checks.md"

HEAD = (
    "# What the visible checks do not see\n"
    "\n"
    "Each exercise has a visible check: one public example, which students run as often as "
    "they like. {unseen} of the {all} known wrong\n"
    "versions in `grading/assignments/*/mistakes/` pass it and lose marks all the same. They "
    "are listed here by function, with the first hidden test\n"
    "that catches each and the reason why the check cannot. What else the hidden tests try is "
    "said in words by every check that passes.\n"
    "\n"
    "This page is written by `python -m tests.grading.diagnosis.unseen`; a test says when it "
    "is out of date.\n"
)

# Why one public example cannot show it, by the topic of the mistake ...
REASONS = {
    "generality": (
        "It fits the sizes or numbers of the one example; others must stay unknown, or they would "
        "be written in too."
    ),
    "dtype": (
        "Public values are printed to eight decimals; what is lost in this example lies beyond "
        "them."
    ),
    "copy-vs-alias": (
        "The first call is right. It takes another call, or a look at what an earlier one left, "
        "to see it."
    ),
    "sign": "All numbers in the example are such that the sign makes no difference.",
    "rng-contract": (
        "The few numbers of the example come out alike; it takes more draws, or another state "
        "before the call."
    ),
    "api-signature": (
        "The example gives the argument, or a value for which the difference does not show."
    ),
    "finite-difference": "With the numbers of the example every way to measure the slope agrees.",
    "relative-error": (
        "The example has one gradient, and so one difference and one verdict; other formulas "
        "agree on it."
    ),
    "return-contract": (
        "The check looks at what the example asks for; the rest of the promise is tested hidden."
    ),
    "control-flow": "The example takes one branch of the program; the other is tested hidden.",
    "chain-rule": "The numbers of the example are such that the wrong rule gives the same.",
    "cache-contract": "The check compares A3, which is right; of the cache it sees the form only.",
    "coefficient-derivative": (
        "The check compares dW1, dW2 and dW3, the arrays of the exercise; these are right."
    ),
    "indexing-copy-paste": (
        "The check compares some of the arrays, or sizes in which the swap makes no difference."
    ),
    "task-intent": "The numbers of the example are such that the other task gives the same.",
    "stride": "In the example the window moves to one side only, or by its own size.",
    "aggregation": "In the example there is one number to add, or to divide by the same.",
    "mask-consistency": "The winners of the example are such that the other mask is the same.",
    "shape-orientation": "The example has a size at which both shapes are the same.",
    "loop-bounds": "The example ends before the loop does.",
    "scale-factor": "In the example both factors are the same.",
    "off-by-one": "In the example no number lies just at the border.",
    "missing-term": "In the example what is left out makes no difference.",
}
# ... and where a function has a reason of its own, by function and topic.
REASONS_BY_FUNCTION = {
    (
        "forward_propagation",
        "api-signature",
    ): "The numbers of the example are positive, and only those have a logarithm.",
    (
        "gradient_check_n",
        "sign",
    ): "The mistakes that are planted in the example leave every sign as it is.",
    (
        "gradient_check_n",
        "finite-difference",
    ): "The planted mistakes outweigh the error of the measured slope by far.",
    (
        "gradient_check_n",
        "dtype",
    ): (
        "The difference of the example is so large that rounding it changes nothing that can be "
        "seen."
    ),
    (
        "gradient_check",
        "finite-difference",
    ): "On a straight line every difference quotient is right, until numbers must be rounded.",
    (
        "gradient_check",
        "relative-error",
    ): (
        "For a right derivative the difference is a rounding error, whatever it is divided by or "
        "compared with."
    ),
    (
        "gradient_check",
        "generality",
    ): "The example has the default epsilon and a right derivative; what is written in fits them.",
    (
        "gradient_check",
        "dtype",
    ): (
        "The difference of the example is so small that rounding it changes nothing that can be "
        "seen."
    ),
    (
        "yolo_filter_boxes",
        "aggregation",
    ): "In the example no box has two classes above the threshold.",
    (
        "yolo_filter_boxes",
        "shape-orientation",
    ): "In the example some boxes are sure enough; that none is must be tested hidden.",
    (
        "yolo_non_max_suppression",
        "aggregation",
    ): "In the example no class has more boxes than may stay.",
    (
        "backward_propagation_with_regularization",
        "copy-vs-alias",
    ): "The check compares dW1, dW2 and dW3; these are right.",
    (
        "backward_propagation_with_regularization",
        "indexing-copy-paste",
    ): "The check compares dW1, dW2 and dW3; these are right.",
    (
        "backward_propagation_with_regularization",
        "return-contract",
    ): "The check compares dW1, dW2 and dW3; these are right.",
    (
        "forward_propagation_with_dropout",
        "copy-vs-alias",
    ): "A3 is right in a first call; the cache, or a later call, is not.",
}


def page():
    """The whole page, in Markdown."""
    unseen = {
        name: [version for version in wrong_versions(name) if passes(version)]
        for name in known_functions()
    }
    counts = dict(
        unseen=sum(map(len, unseen.values())), all=sum(len(wrong_versions(name)) for name in unseen)
    )
    parts = [
        HEAD.format(**counts),
        *(section(name, versions) for name, versions in unseen.items() if versions),
    ]
    return "\n".join(parts)


def passes(version):
    """Whether a version passes the visible check of its exercise."""
    return not result_of(version).said


def section(function, versions):
    rows = [
        f"| {version.title} | {caught_by(version)} | {reason(version)} |" for version in versions
    ]
    head = [
        f"## {function}",
        "",
        "| mistake | caught by | why the check does not see it |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def caught_by(version):
    """What the first hidden test that it fails says of itself to students."""
    lost = result_of(version).lost[0]
    cell = next(cell for cell in cells_of(assignment_of(version.function)) if cell.id == lost)
    return cell.source.split("\n")[0].partition("): ")[2].rstrip(".")


def reason(version):
    return REASONS_BY_FUNCTION.get((version.function, version.topic)) or REASONS[version.topic]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
