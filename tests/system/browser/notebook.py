"""A notebook in JupyterLab, used as a person does: click, write, run, read the output."""

from playwright.sync_api import expect

FIND = """id => {
    const cells = window.jupyterapp.shell.currentWidget.content.widgets;
    return cells.findIndex(cell => cell.model.getMetadata('nbgrader')?.grade_id === id
        || cell.model.sharedModel.source.startsWith(id));
}"""
SHOW = """async at => {
    const list = window.jupyterapp.shell.currentWidget.content;
    list.activeCellIndex = at;
    await list.scrollToItem(at, 'center');
}"""
IDLE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const waiting = panel.content.widgets.some(
        cell => cell.model.type === 'code' && cell.model.executionState === 'running');
    return panel.sessionContext.session?.kernel?.status === 'idle' && !waiting;
}"""

COUNTS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map(
    cell => cell.model.type === 'code' ? cell.model.executionCount : null)"""
STARTED = """before => window.jupyterapp.shell.currentWidget.content.widgets.some(
    (cell, at) => cell.model.type === 'code'
        && (cell.model.executionState === 'running' || cell.model.executionCount !== before[at]))"""


class Notebook:
    """A page with one notebook open in front. JupyterLab must run with --expose-app-in-browser."""

    def __init__(self, page):
        self.page = page
        page.add_locator_handler(
            page.get_by_role("button", name="Hide notification"), lambda button: button.click()
        )
        page.locator(".jp-NotebookPanel:visible .jp-Cell").first.wait_for()
        self.wait_until_idle()

    def run_all(self, seconds=120):
        before = self.page.evaluate(COUNTS)
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_text("Run All Cells", exact=True).click()
        self.page.wait_for_function(STARTED, arg=before)
        self.wait_until_idle(seconds)

    def cell(self, start):
        """A locator of the cell whose grade_id this is, or whose text begins so, in view."""
        at = self.page.evaluate(FIND, start)
        assert at >= 0, f"no cell {start!r}"
        self.page.evaluate(SHOW, at)
        found = self.page.locator(
            f'.jp-NotebookPanel:visible .jp-Cell[data-windowed-list-index="{at}"]'
        )
        found.wait_for()
        return found

    def write(self, grade_id, source):
        """Replace the text of a cell, and run it."""
        self.cell(grade_id).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        self.run(grade_id)

    def run(self, start, seconds=60):
        """Run one cell by Shift-Enter, and wait until it has ended."""
        self.cell(start).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_timeout(200)
        self.wait_until_idle(seconds)

    def wait_for_output(self, start, text, seconds=60):
        """Wait until the output of a cell contains this text."""
        output = self.cell(start).locator(".jp-Cell-outputArea")
        expect(output).to_contain_text(text, timeout=seconds * 1000)

    def output_of(self, start):
        """The text of a cell's output."""
        return self.cell(start).locator(".jp-Cell-outputArea").inner_text()

    def save(self):
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+s")
        self.page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
        )

    def wait_until_idle(self, seconds=60):
        self.page.wait_for_function(IDLE, timeout=seconds * 1000)
