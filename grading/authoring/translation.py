"""A notebook's text in another language: the same cells and the same code, in other words.

`notebooks/LANG/NAME.py` has the cells of `notebooks/NAME.py` in their order. In a code cell only
comments and docstrings differ and, where nothing is graded, the strings that it shows. Its header
names the English text that it translates, so that a change of that one is noticed.
"""

import ast
import hashlib
from itertools import zip_longest
from pathlib import Path

from nbformat import NotebookNode

from course_utils.messages.catalogue import known_languages
from grading.course import Course
from grading.errors import BadNotebook, NoTranslation, UnknownLanguage
from grading.notebook.cells import LANGUAGE, grade_id_of, is_grade, is_solution

ENGLISH = "course_english"  # in the header of a translation: `digest_of` the text it translates
SAME = "only comments and docstrings may differ and, where nothing is graded, what is shown"


def require_translations(course: Course, names: list[str], language: str) -> None:
    """Every named assignment must have a text in this language."""
    if language not in known_languages():
        raise UnknownLanguage(language, known_languages())
    if missing := [name for name in names if not course.text(name, language).is_file()]:
        raise NoTranslation(language, missing, course.translations(language))


def require_same_code(path: Path, english: NotebookNode, translated: NotebookNode) -> None:
    """BadNotebook where a translation is not one of today's English text. path: of its text"""
    kinds = [[cell.cell_type for cell in notebook.cells] for notebook in (english, translated)]
    for number, (wanted, kind) in enumerate(zip_longest(*kinds, fillvalue="no"), start=1):
        if wanted != kind:
            found = f"it has {kind} cell where the English text has {wanted} cell no. {number}"
            raise BadNotebook(path, found, "the cells of the English text, in their order")
    for number, cells in enumerate(zip(english.cells, translated.cells), start=1):
        if cells[0].cell_type == "code" and (difference := _difference(*cells)):
            cell = grade_id_of(cells[0]) or f"no. {number}"
            raise BadNotebook(path, f"in cell {cell} {difference}", f"the English text's; {SAME}")
    if translated.metadata.get(ENGLISH) != digest_of(english):
        found = "it translates an older English text"
        expected = f"{ENGLISH}: {digest_of(english)} in its header, once it says what that one says"
        raise BadNotebook(path, found, expected)


def choose_language(notebook: NotebookNode, language: str) -> None:
    """Let a notebook name its language, and its first code cell choose it for the student."""
    notebook.metadata.pop(ENGLISH, None)
    notebook.metadata[LANGUAGE] = language
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    choice = f'from course_utils.messages import use_language\nuse_language("{language}")\n\n'
    cell.source = choice + cell.source


def digest_of(notebook: NotebookNode) -> str:
    """A hash of all that a notebook says and runs."""
    texts = [f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _difference(english: NotebookNode, translated: NotebookNode) -> str:
    """How the code or the metadata of a translated cell differ, or ""."""
    if english.metadata != translated.metadata:
        return "the metadata differ"
    try:
        lines = [_lines_that_count(cell) for cell in (english, translated)]
    except SyntaxError as error:
        return f"there is a syntax error in line {error.lineno} ({error.msg})"
    differing = ((a, b) for a, b in zip_longest(*lines, fillvalue="nothing") if a != b)
    return next((f"there is {found!r} for {wanted!r}" for wanted, found in differing), "")


def _lines_that_count(cell: NotebookNode) -> list[str]:
    """A cell's code in one layout, and the comments that are marks for programs."""
    lines = [line.strip() for line in cell.source.split("\n")]
    marks = [line for line in lines if line.startswith(("###", "# GRADED FUNCTION"))]
    graded = is_grade(cell) or is_solution(cell)
    tree = _WithoutWords(keep_strings=graded).visit(ast.parse(cell.source))
    return [*marks, *ast.unparse(tree).split("\n")]


class _WithoutWords(ast.NodeTransformer):
    """Takes docstrings and, unless they are kept, strings out of code, but for keys."""

    def __init__(self, keep_strings: bool):
        self.keep_strings = keep_strings

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        node.value = self.visit(node.value)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        is_text = isinstance(node.value, str) and not self.keep_strings
        return ast.Constant("") if is_text else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """What is filled in, in any order: other languages have other word orders."""
        if self.keep_strings:
            return node
        filled = [value for value in node.values if isinstance(value, ast.FormattedValue)]
        values = [self.visit(value.value) for value in filled]
        return ast.List(sorted(values, key=ast.dump), ast.Load())
