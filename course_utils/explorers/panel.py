"""The form that all explorers share: controls, a picture and a sentence."""

import base64
import html
from collections.abc import Callable
from dataclasses import dataclass

from course_utils.environment import notebook_shell
from course_utils.explorers.picture import Picture, as_png, with_caption
from course_utils.figures import image_html
from course_utils.labels import drawable
from course_utils.messages import Message, message
from course_utils.widget_names import with_names


@dataclass(frozen=True)
class Control:
    """One thing to choose, by a slider or from a menu.

    name: of the keyword argument of `Scene.update` that it sets
    label: the text beside it, a name or a `Message`
    options: [(text, value), ...]
    start: the value that is chosen first
    """

    name: str
    label: str | Message
    options: list
    start: object
    slider: bool = True


@dataclass(frozen=True)
class Scene:
    """What an explorer shows.

    update: called with a value for each control, it changes the moving artists of `picture` and
    returns a `Message` that says what is seen
    """

    controls: tuple
    picture: Picture
    update: Callable

    def draw(self, **values):
        """The picture, (height, width, 3), and the `Message` for these values of the controls.

        A control without a value is at its start.
        """
        start = {control.name: control.start for control in self.controls}
        sentence = self.update(**start | values)
        return self.picture.pixels(), sentence


def show(scene):
    """Display the scene: a still picture and, where widgets run, the panel in its place.

    Both are alternatives of one output, so that a saved notebook shows the picture anywhere.
    """
    pixels, sentence = scene.draw()
    widgets = _import_ipywidgets() if notebook_shell() else None
    bundle = _still_picture(scene, pixels, sentence)
    if widgets:
        bundle |= _widget_view(with_names(panel(scene, widgets), widgets))
    try:
        from IPython.display import display
    except ImportError:
        print(sentence)
    else:
        display(bundle, raw=True, metadata={"image/png": {"alt": str(sentence)}})


def panel(scene, widgets):
    """The scene as one box of widgets: a row of controls, the picture, the sentence.

    widgets: the module `ipywidgets`
    """
    pixels, sentence = scene.draw()
    controls = [_control_widget(control, widgets) for control in scene.controls]
    image, caption = widgets.HTML(_image_html(scene, pixels)), widgets.HTML(_status_html(sentence))

    def redraw(_):
        values = {control.name: widget.value for control, widget in zip(scene.controls, controls)}
        pixels, sentence = scene.draw(**values)
        image.value, caption.value = _image_html(scene, pixels), _status_html(sentence)

    for widget in controls:
        widget.observe(redraw, names="value")
    row = widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap"))
    return widgets.VBox([row, image, caption])


def _control_widget(control, widgets):
    kind = widgets.SelectionSlider if control.slider else widgets.Dropdown
    widget = kind(
        options=control.options,
        value=control.start,
        description=str(control.label),
        tooltip=str(control.label),
        style={"description_width": "initial"},
    )
    widget.layout.width, widget.layout.margin = "26em", "2px 16px 2px 2px"
    return widget


def _image_html(scene, pixels):
    """HTML of the picture; ipywidgets' own Image takes no alternative text."""
    height, width, _ = pixels.shape
    data = base64.b64encode(as_png(pixels)).decode()
    size = {"width": width, "height": height}
    return image_html(data, message("explorer.picture"), scene.picture.has_dark_form, **size)


def _status_html(sentence):
    """HTML that a screen reader reads out when it changes."""
    text = html.escape(f"{sentence}")
    return f'<div role="status" aria-live="polite" style="line-height: 1.5">{text}</div>'


def _widget_view(box):
    """What a front end needs to show a box of widgets, by MIME type."""
    return {mime: data for mime, data in box._repr_mimebundle_().items() if "widget" in mime}


def _still_picture(scene, pixels, sentence):
    """The picture with its sentence below it, and the sentence alone, by MIME type."""
    data = base64.b64encode(as_png(with_caption(pixels, drawable(sentence)))).decode()
    html_with_words = image_html(data, sentence, scene.picture.has_dark_form)
    return {"image/png": data, "text/html": html_with_words, "text/plain": str(sentence)}


def _import_ipywidgets():
    """The module `ipywidgets`, or None and a sentence on how to install it."""
    try:
        import ipywidgets
    except ImportError:
        print(message("explorer.no_widgets"))
        return None
    return ipywidgets
