"""Put a sentence together: its capital letter and full stop, names in a row."""

from collections.abc import Iterable

MOST_NAMES = 4  # of a longer row only the first are named


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop; names such as dW1 stay as they are."""
    first_word = text.split(" ")[0]
    is_name = any(character.isdigit() or character == "_" for character in first_word)
    return (text if is_name else text[:1].upper() + text[1:]) + "."


def series(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """ "W1", "W1 and W2", "W1, W2 and W3"; of more than `most`, how many are left out."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
