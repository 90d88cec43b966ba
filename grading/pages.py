"""Markdown on the pages that show a student's notebook: what is markup or script in it is shown, not obeyed."""

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class SafeRenderer(IPythonRenderer):
    def block_mermaidjs(self, code: str) -> str:
        """A diagram would be markup: shown as the code that it is."""
        return self.block_code(code)


@pass_context
def safe_markdown(context: Context, source: str) -> str:
    """nbconvert's markdown2html, with HTML escaped and links to scripts cut."""
    renderer = SafeRenderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)
