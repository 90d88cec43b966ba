"""Formulas as MathML: browsers draw it and screen readers speak it, with no script and nothing from elsewhere."""

import html
from xml.etree import ElementTree

from latex2mathml.converter import convert

MATHML = "http://www.w3.org/1998/Math/MathML"
ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mtable",
        "mtr",
        "mtd",
        "mpadded",
        "mphantom",
        "mstyle",
        "menclose",
    ]
)
ATTRIBUTES = frozenset(
    [
        "display",
        "stretchy",
        "fence",
        "form",
        "separator",
        "accent",
        "accentunder",
        "largeop",
        "movablelimits",
        "symmetric",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
        "mathvariant",
        "linethickness",
        "displaystyle",
        "scriptlevel",
        "columnalign",
        "rowspacing",
        "columnspacing",
        "columnlines",
        "rowlines",
        "width",
        "height",
        "depth",
        "notation",
    ]
)
LONGEST = 2_000  # characters of one formula


def mathml(latex: str, display: str = "inline") -> str:
    """A formula as MathML; what cannot be drawn, or would be more than a formula, as the text that it is.

    display: "inline" or "block"
    """
    latex = latex.strip()
    known = latex.replace("{aligned}", "{align}")  # the converter has one name for both
    try:
        drawn = _only_formula(convert(known, display=display)) if len(latex) <= LONGEST else ""
    except (Exception, RecursionError):  # whatever a student wrote between two dollar signs
        drawn = ""
    return drawn or f"<code>{html.escape(latex)}</code>"


def _only_formula(drawn: str) -> str:
    """The same markup when all of it is MathML without links, styles or scripts; else ""."""
    tree = ElementTree.fromstring(drawn)
    for node in tree.iter():
        name = node.tag.removeprefix(f"{{{MATHML}}}")
        if name not in ELEMENTS or not ATTRIBUTES.issuperset(node.attrib):
            return ""
        node.tag = name
    tree.set("xmlns", MATHML)
    return ElementTree.tostring(tree, encoding="unicode")
