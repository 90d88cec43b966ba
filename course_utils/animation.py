"""Training as an animated PNG that plays once within five seconds: boundaries, and a valley.

Where only still pictures are shown, or motion is switched off, the last picture is seen.
"""

import base64
import io

import numpy as np
from PIL import Image

from course_utils.explorers.picture import Boundary, Picture, new_figure
from course_utils.figures import image_html
from course_utils.labels import label
from course_utils.messages import message
from course_utils.network import accuracy, predict
from course_utils.plotting import WIDEST
from course_utils.valley import drawable, plot_valley, valley_cost

SECONDS = 4.5
STEPS_A_PICTURE = 2  # of a path in the valley
COLOURS = 64  # of the palette; more make the file larger and the picture no better


def animate_boundaries(runs, X, Y, limit=1.5, names=None):
    """Show the boundary of each `TrainingRun` at each of its snapshots, side by side.

    X (2, m), Y (1, m); limit: the pictures reach from -limit to limit in both directions
    names: (of class 0, of class 1), for the legends
    """
    _show(*animation_of(runs, X, Y, limit, names))


def animate_valley(paths):
    """Show four runners on their way down into the valley, each on axes of its own.

    paths: of `valley_paths`
    """
    _show(*valley_animation_of(paths))


def animation_of(runs, X, Y, limit=1.5, names=None):
    """The animation and its description; arguments as in `animate_boundaries`.

    -> bytes of the animated PNG, a text that says what it shows
    """
    frames = list(_frames(runs, X, Y, limit, names))
    return _animated_png(frames), _description(runs, X, Y, len(frames))


def valley_animation_of(paths):
    """The animation and its description; arguments and result as in the functions above."""
    steps = max(len(path) for path in paths.values()) - 1
    frames = list(_valley_frames(paths, steps))
    ends = "; ".join(f"{label(name)}: {valley_cost(path[-1]):.2g}" for name, path in paths.items())
    words = message("animation.valley", pictures=len(frames), steps=steps, costs=ends)
    return _animated_png(frames), str(words)


def _show(content, description):
    from IPython.display import display

    data = base64.b64encode(content).decode()
    bundle = {"image/png": data, "text/html": image_html(data, description)}
    bundle["text/plain"] = description
    display(bundle, raw=True, metadata={"image/png": {"alt": description}})


def _animated_png(frames):
    """Bytes of a PNG that plays the frames once; the last one is also its still picture."""
    pictures = [Image.fromarray(pixels) for pixels in frames]
    # one palette for all, so that no colour flickers, in which a thin line keeps its hue
    palette = pictures[-1].quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    images = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    file = io.BytesIO()
    images[-1].save(
        file,
        "png",
        save_all=True,
        default_image=True,
        append_images=images,
        loop=1,
        duration=int(1000 * SECONDS / len(images)),
    )
    return file.getvalue()


def _description(runs, X, Y, count):
    """What an animation of `count` pictures shows, as text."""
    ends = "; ".join(f"{run.label}: {accuracy(X, Y, run.parameters):.0%}" for run in runs)
    steps = max(run.iterations for run in runs)
    return str(message("animation.description", pictures=count, steps=steps, shares=ends))


def _title(name, step):
    """What stands above the picture of one run."""
    return label("animation.title", name=name, step=step)


def _frames(runs, X, Y, limit, names):
    """(height, width, 3) arrays, one for each snapshot of the longest run and one for the end."""
    figure = new_figure(min(3.4 * len(runs), WIDEST), 3.8)
    axes = figure.subplots(1, len(runs), squeeze=False)[0]
    boundaries = [Boundary(ax, X, Y, limit, names) for ax in axes]
    for ax in axes:
        ax.set_title(_title("label", 10_000))  # the layout leaves room for a title of this length
    moving = [artist for boundary in boundaries for artist in boundary.artists]
    picture = Picture(figure, moving + [ax.title for ax in axes])
    for number in range(max(len(run.snapshots) for run in runs) + 1):
        for ax, boundary, run in zip(axes, boundaries, runs):
            ended = number >= len(run.snapshots)
            parameters = run.parameters if ended else run.snapshots[number]
            boundary.show(lambda points, parameters=parameters: predict(points, parameters))
            step = min(number * run.every, run.iterations)
            ax.title.set_text(_title(run.label, step))
        yield np.ascontiguousarray(picture.pixels())


def _valley_frames(paths, steps):
    """(height, width, 3) arrays: the paths after every second step, up to the last one."""
    figure = new_figure(10, 5.6)
    axes = figure.subplots(2, 2).ravel()
    plot_valley(paths, axes)
    lines = [ax.lines[-1] for ax, _ in zip(axes, paths)]
    picture = Picture(figure, lines)
    for step in range(steps % STEPS_A_PICTURE, steps + 1, STEPS_A_PICTURE):
        for line, path in zip(lines, paths.values()):
            line.set_data(*drawable(path)[: step + 1].T)
        yield np.ascontiguousarray(picture.pixels())
