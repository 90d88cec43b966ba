"""Names and values of widgets for screen readers, where ipywidgets gives none.

The handle of its slider has no name, and as its value an index; a list of radio buttons has no name
either. Both stand beside them as text. A script of the front end, which comes with the widgets,
says them in the attributes that screen readers look for.
"""

SCRIPT = """
{
  const set = (node, attribute, value) =>
    node && node.getAttribute(attribute) !== value && node.setAttribute(attribute, value);
  const text = node => node ? node.textContent.trim() : "";
  const say = root => {
    for (const slider of root.querySelectorAll(".widget-slider")) {
      const name = text(slider.querySelector(".widget-label"));
      const readout = slider.querySelector(".widget-readout");
      const handle = slider.querySelector(".noUi-handle");
      set(handle, "aria-label", name);
      set(handle, "aria-valuetext", text(readout));
      set(readout, "role", "textbox");
      set(readout, "aria-label", name);
    }
    for (const group of root.querySelectorAll(".widget-radio")) {
      set(group, "role", "radiogroup");
      set(group, "aria-label", text(root.querySelector("strong")));
    }
  };
  const here = typeof element == "undefined" ? document.body : element[0] || element;
  const begin = tries => {
    const root = here.closest(".course-widgets");
    if (!root) {  // the script's output is not in the page yet
      if (tries) setTimeout(begin, 100, tries - 1);
      return;
    }
    say(root);
    new MutationObserver(() => say(root)).observe(root, {
      subtree: true, childList: true, characterData: true,
      attributes: true, attributeFilter: ["aria-valuetext"],
    });
  };
  begin(100);
}
"""


def with_names(box, widgets):
    """A box of widgets in another that says their names. widgets: the module `ipywidgets`"""
    data = {"application/javascript": SCRIPT, "text/plain": ""}
    script = {"output_type": "display_data", "data": data, "metadata": {}}
    column = widgets.Layout(flex_flow="column")
    outer = widgets.Box([box, widgets.Output(outputs=(script,))], layout=column)
    outer.add_class("course-widgets")
    return outer
