"""A sentence of the catalogue as safe HTML, whose slots can hold markup."""

from typing import Any

from markupsafe import Markup, escape

from course_utils.messages.catalogue import template_of


def html_message(code: str, count: int | None = None, /, **values: Any) -> Markup:
    """The sentence of a code. values: by slot; all but `Markup` is escaped"""
    return Markup(escape(template_of(code, count))).format(**values)
