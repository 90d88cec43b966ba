"""Controls, a picture and a sentence: the one form that all explorers have."""

import base64
import html
from collections.abc import Callable
from dataclasses import dataclass

from course_utils.environment import notebook_shell
from course_utils.explorers.picture import Picture, as_png, with_caption

NO_WIDGETS = (
    "Sliders need the package ipywidgets (pip install ipywidgets); this is a still picture."
)


@dataclass(frozen=True)
class Control:
    """One thing to choose. options: [(words, value), ...]; start: the value chosen first; slider: or else a menu."""

    name: str
    label: str
    options: list
    start: object
    slider: bool = True


@dataclass(frozen=True)
class Scene:
    """What an explorer shows. update(**values) moves the artists of `picture` and returns a sentence on what is seen."""

    controls: tuple
    picture: Picture
    update: Callable

    def draw(self, **values):
        """(pixels, sentence) for these values of the controls; those left out are at their start."""
        start = {control.name: control.start for control in self.controls}
        sentence = self.update(**start | values)
        return self.picture.pixels(), sentence


def show(scene):
    """Display the scene: as widgets where they run, and beside them a still picture for where they do not."""
    pixels, sentence = scene.draw()
    widgets = _widgets() if notebook_shell() else None
    bundle = _still(pixels, sentence)
    if widgets:
        bundle |= {
            k: v for k, v in panel(scene, widgets)._repr_mimebundle_().items() if "widget" in k
        }
    try:
        from IPython.display import display
    except ImportError:
        print(sentence)
    else:
        display(bundle, raw=True, metadata={"image/png": {"alt": sentence}})


def panel(scene, widgets):
    """The scene as one box of widgets: a row of controls, the picture, the sentence."""
    pixels, sentence = scene.draw()
    controls = [_control(control, widgets) for control in scene.controls]
    image, words = widgets.HTML(_seen(pixels)), widgets.HTML(_spoken(sentence))

    def move(_):
        values = {control.name: widget.value for control, widget in zip(scene.controls, controls)}
        pixels, sentence = scene.draw(**values)
        image.value, words.value = _seen(pixels), _spoken(sentence)

    for widget in controls:
        widget.observe(move, names="value")
    row = widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap"))
    return widgets.VBox([row, image, words])


def _control(control, widgets):
    kind = widgets.SelectionSlider if control.slider else widgets.Dropdown
    widget = kind(options=control.options, value=control.start, description=control.label,
                  tooltip=control.label, style={"description_width": "initial"})  # fmt: skip
    widget.layout.width, widget.layout.margin = "26em", "2px 16px 2px 2px"
    return widget


def _seen(pixels):
    """HTML of the picture; ipywidgets' own Image takes no alternative text."""
    height, width, _ = pixels.shape
    data = base64.b64encode(as_png(pixels)).decode()
    return (
        f'<img src="data:image/png;base64,{data}" width="{width}" height="{height}" '
        'style="max-width: 100%; height: auto" alt="The picture that the sentence below puts into words">'
    )


def _spoken(sentence):
    """HTML that a screen reader reads out when it changes."""
    return f'<div role="status" aria-live="polite" style="line-height: 1.5">{html.escape(sentence)}</div>'


def _still(pixels, sentence):
    picture = as_png(with_caption(pixels, sentence))
    return {"image/png": base64.b64encode(picture).decode(), "text/plain": sentence}


def _widgets():
    try:
        import ipywidgets
    except ImportError:
        print(NO_WIDGETS)
        return None
    return ipywidgets
