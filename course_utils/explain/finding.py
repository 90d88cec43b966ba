"""What went wrong with one function, in words for the person who wrote it."""

from dataclasses import asdict, dataclass

KINDS = (
    "mistake", "todo", "undefined", "stopped", "error", "type", "keys", "length", "shape", "dtype", "finite", "value", "nudge",
    "changed", "repeats", "message",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One finding, the same in the notebook, on the feedback page and in formgrader.

    kind: one of KINDS: "mistake" for a known one that explains everything, "todo" where there is no answer yet, else what was observed
    tried: the call; expected: the form of its result, values only where they are public; got: what came
    found: the mistake or the observation, a sentence or two; question: what leads on
    example: the second step, a worked example with small numbers, or ""
    idea, title: the catalogue's name of the mistake, and what instructors read of it
    topic: what the mistake is about, in the catalogue's words
    """

    kind: str
    tried: str
    expected: str
    got: str
    found: str
    question: str
    example: str = ""
    idea: str = ""
    title: str = ""
    topic: str = ""

    def __post_init__(self):
        assert self.kind in KINDS, self.kind

    def as_text(self, function, more=0):
        """Lines for a notebook: the first step; `more` is the number of findings that wait behind this one."""
        rows = {
            "input": self.tried,
            "expected": self.expected,
            "got": self.got,
            "found": self.found,
        }
        lines = [f"✗ {function}: not yet"]
        lines += [_row(label, words) for label, words in rows.items() if words]
        lines.append(_row("think", self.question))
        if more:
            lines.append(_row("then", "once that is mended, there is more to look at"))
        return "\n".join(lines)

    def as_dict(self):
        return asdict(self)


def _row(label, words):
    first, *rest = words.split("\n")
    return "\n".join([f"  {label:<9} {first}", *(f"            {line}" for line in rest)])
