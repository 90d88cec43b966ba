"""Every sentence that a student can read, whole, by its code and in every language there is.

`LANG.po` is the catalogue of the package in one language, `en.po` the one that all others follow;
what one assignment alone says stands in `course_utils/assignments/NAME/LANG.po`. Code hands over a
`Message`, a code with values for the slots of its sentence; words are made of it last of all.
"""

from course_utils.messages.catalogue import (
    DEFAULT_LANGUAGE,
    in_language,
    language,
    read_all,
    register_catalogues,
    use_language,
)
from course_utils.messages.message import (
    Message,
    Verbatim,
    Words,
    first_known,
    in_a_row,
    message,
    quantity,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "Message",
    "Verbatim",
    "Words",
    "first_known",
    "in_a_row",
    "in_language",
    "language",
    "message",
    "quantity",
    "read_all",
    "register_catalogues",
    "use_language",
]
