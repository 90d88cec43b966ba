"""What a name in a sentence looks like: W1 is a symbol, "the layer sizes" are words."""

from collections.abc import Iterable

from course_utils.messages import Message, message
from course_utils.messages.catalogue import has_sentence

RESULT = ""  # the name of a result that has no parts


def shown_name(name: str) -> Message | str:
    """A symbol as it is; for any other name of ours the catalogue has words, as "name.NAME"."""
    code = "name." + (name or "result").replace(" ", "_")
    return message(code) if has_sentence(code) else name


def shown_names(names: Iterable[str]) -> list[Message | str]:
    """Several names, for one slot."""
    return [shown_name(name) for name in names]
