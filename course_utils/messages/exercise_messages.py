"""Questions and worked examples of an exercise, by what was observed."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ExerciseMessages:
    """The questions and worked examples of one exercise; general questions fill the gaps.

    questions, examples: by the kind of a `Finding`, or by a finer key such as "sign"
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)

    def question(self, key: str) -> str:
        """The exercise's own question, else the general one, else the one on values."""
        return (
            self.questions.get(key)
            or GENERAL_QUESTIONS.get(key)
            or self.questions.get("value")
            or GENERAL_QUESTIONS["value"]
        )

    def example(self, key: str) -> str:
        """The worked example of the key, else of a similar one, else of "value"; "" without any."""
        keys = (key, EXAMPLE_FALLBACKS.get(key, "value"), "value")
        return next((self.examples[name] for name in keys if name in self.examples), "")


# Observations that share the worked example of another one.
EXAMPLE_FALLBACKS = {
    "length": "keys",
    "type": "keys",
    "dtype": "shape",
    "order": "random",
    "mask": "random",
    "repeats": "changed",
    "some": "general",
    "only": "general",
    "todo": "shape",
}

GENERAL_QUESTIONS = {
    "todo": (
        "Fill in the places marked YOUR CODE HERE, run that cell, then this one again. Which line "
        "of the formula above can you write first?"
    ),
    "stopped": (
        "Does every loop have an end, and does any line leave Python or ask for a great deal of "
        "memory?"
    ),
    "undefined": (
        "Is the name after `def` the one of the exercise, and does the cell run from top to "
        "bottom in a fresh kernel?"
    ),
    "error": (
        "Read the last line of the error slowly: which line of yours does it speak of, and what "
        "are the shapes or values there?"
    ),
    "changed": (
        "Does one of your lines use +=, *= or an index on the left? It then writes into the array "
        "of whoever called you. How could you work on a copy?"
    ),
    "repeats": (
        "What does your function read that is not among its arguments, or hand out that it keeps "
        "for the next call?"
    ),
    "type": (
        "What does the last line of your function hand back to its caller, and what does the "
        "docstring promise?"
    ),
    "length": "How many values does the docstring promise, and in which order?",
    "keys": "The docstring lists the names. For which layers do your lines make an entry?",
    "shape": (
        "Write the shapes under every factor of the line that makes it: which size must stand "
        "first?"
    ),
    "dtype": (
        "Look at .dtype of your arrays: can they hold all the digits that gradient descent will "
        "put into them?"
    ),
    "finite": (
        "Which step can give NaN or infinity: a division by zero, a logarithm of zero, an exp "
        "that overflows?"
    ),
    "message": (
        "Read your `if` aloud with this difference in it: which sentence should be printed, and "
        "when none at all?"
    ),
    "value": (
        "Take the smallest example that you can work out by hand: at which line does your "
        "function leave your paper?"
    ),
    "sign": (
        "Which line of yours subtracts, and does it take the two sides in the order of the formula?"
    ),
    "factor": (
        "Which line multiplies or divides, and how often does this number stand in the formula "
        "above the exercise?"
    ),
    "nudge": (
        "Write down the two points of one pass: how many entries differ from theta, by how much, "
        "and to which side?"
    ),
    "made": "Which arrays does the line that makes it read, and which ones does the formula name?",
    "offset": "What do you add that the formula does not, or leave out that it has?",
    "rounded": (
        "Where in your function do digits get lost: a round, an int, a float32, a whole-number "
        "division?"
    ),
    "random": (
        "Which seed is set, where, and in which order and with which function are the numbers "
        "drawn from then on?"
    ),
    "order": "In which order, and in which shape, do you draw or fill in the numbers?",
    "mask": "Which units does your mask keep, those below keep_prob or those above it?",
    "only": (
        "What is special about this part: does your loop, slice or sum reach it as it reaches the "
        "others?"
    ),
    "some": (
        "Which size or number is written out in your lines that should come from the arguments?"
    ),
}
