"""The outputs of a notebook as a page shows them: no widget, nothing folded, pictures as files."""

import base64
import html
import re
from collections.abc import Mapping
from pathlib import Path

from course_utils.check.card import frame, prose
from course_utils.figures import STYLE
from grading.messages import message

PICTURE = re.compile(r'src="data:image/png;base64,([^"]*)"')


def still_output(data: Mapping[str, str], pictures: Path) -> dict[str, str]:
    """One form of an output that comes in several. data: by MIME type; pictures: their folder

    Pictures become files, since a page of three megabytes opens slowly. What is folded or asks for
    a click is said in words.
    """
    has_widget = any("widget" in mime for mime in data)
    shown = data.get("text/html", "")
    if "<img" in shown:
        moves = f"<p>{html.escape(str(message('site.explorer')))}</p>" if has_widget else ""
        return {"text/html": _with_files(shown, pictures) + moves}
    if "<details" in shown:
        return {"text/html": _card(data["text/plain"])}
    return {"text/html": shown} if shown else dict(data)


def _with_files(shown: str, pictures: Path) -> str:
    """HTML whose pictures are files of the site, seen from a page in a folder beside `_static`."""

    def file(found: re.Match[str]) -> str:
        path = pictures / f"{len(list(pictures.iterdir())) + 1}.png"
        path.write_bytes(base64.b64decode(found[1]))
        return f'src="../_static/lessons/{pictures.name}/{path.name}" loading="lazy"'

    return PICTURE.sub(file, shown.replace(STYLE, ""))


def _card(text: str) -> str:
    """A card with the question and its choices. text: the plain form, one choice a line"""
    heading, *choices = text.split("\n")
    items = "".join(f"<li>{prose(choice.strip(' ○'))}</li>" for choice in choices)
    later = f"<div>{prose(str(message('site.reasons')))}</div>"
    return frame("untried", heading, f"<ul>{items}</ul>{later}")
