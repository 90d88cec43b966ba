"""LaTeX formulas as MathML.

Browsers draw MathML and screen readers speak it; it needs no script, and nothing is fetched for it.
"""

import html
from xml.etree import ElementTree

from latex2mathml.converter import convert

MATHML = "http://www.w3.org/1998/Math/MathML"
# What a formula consists of. Everything else (links, styles, scripts, events) is refused.
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
MAX_LATEX = 2_000  # characters of one formula


def mathml(latex: str, display: str = "inline") -> str:
    """MathML of a formula; where that is impossible or unsafe, the LaTeX text itself as code.

    latex: without dollar signs; display: "inline" or "block"
    """
    latex = latex.strip()
    convertible = latex.replace("{aligned}", "{align}")  # the converter has one name for both
    try:
        markup = convert(convertible, display=display) if len(latex) <= MAX_LATEX else ""
        formula = _formula_only(markup) if markup else ""
    except (Exception, RecursionError):  # a student may write anything between two dollar signs
        formula = ""
    return formula or f"<code>{html.escape(latex)}</code>"


def _formula_only(markup: str) -> str:
    """The markup, if it has nothing but ELEMENTS and ATTRIBUTES; otherwise ""."""
    tree = ElementTree.fromstring(markup)
    for node in tree.iter():
        name = node.tag.removeprefix(f"{{{MATHML}}}")
        if name not in ELEMENTS or not ATTRIBUTES.issuperset(node.attrib):
            return ""
        node.tag = name
    tree.set("xmlns", MATHML)
    return ElementTree.tostring(tree, encoding="unicode")
