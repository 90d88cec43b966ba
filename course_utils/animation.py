"""Boundaries as training goes on: an animated PNG that plays once and ends within five seconds.

Where only still pictures are shown, or motion is switched off, its last picture is what is seen.
"""

import base64
import io

import numpy as np
from PIL import Image

from course_utils.explorers.picture import Boundary, Picture, new_figure
from course_utils.network import accuracy, predict

SECONDS = 4.5
COLOURS = 48


def animate_boundaries(runs, X, Y, limit=1.5):
    """Show what each `TrainingRun` had learned at each of its snapshots, side by side.

    X (2, m), Y (1, m); limit: the pictures reach from -limit to limit in both directions
    """
    from IPython.display import display

    content, words = animation_of(runs, X, Y, limit)
    bundle = {"image/png": base64.b64encode(content).decode(), "text/plain": words}
    display(bundle, raw=True, metadata={"image/png": {"alt": words}})


def animation_of(runs, X, Y, limit=1.5):
    """(bytes of the animated PNG, what it shows in words)."""
    frames = [Image.fromarray(pixels) for pixels in _frames(runs, X, Y, limit)]
    palette = frames[-1].quantize(COLOURS)
    flat = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    file = io.BytesIO()
    flat[-1].save(file, "png", save_all=True, default_image=True, append_images=flat, loop=1,
                  duration=int(1000 * SECONDS / len(flat)))  # fmt: skip
    ends = "; ".join(f"{run.label}: {accuracy(X, Y, run.parameters):.0%}" for run in runs)
    steps = max(run.iterations for run in runs)
    return file.getvalue(), (
        f"Animation of {len(flat)} pictures, played once: the boundary of each network during {steps:,} steps. "
        f"Share of the training points that are right in the last picture: {ends}."
    )


def _frames(runs, X, Y, limit):
    """(height, width, 3) arrays, one for each snapshot of the longest run and one for the end."""
    figure = new_figure(3.4 * len(runs), 3.3)
    axes = figure.subplots(1, len(runs), squeeze=False)[0]
    boundaries = [Boundary(ax, X, Y, limit) for ax in axes]
    for ax in axes:
        ax.set_title("label, step 00,000")  # keeps the room
    moving = [artist for boundary in boundaries for artist in boundary.artists]
    picture = Picture(figure, moving + [ax.title for ax in axes])
    for at in range(max(len(run.snapshots) for run in runs) + 1):
        for ax, boundary, run in zip(axes, boundaries, runs):
            parameters = run.snapshots[at] if at < len(run.snapshots) else run.parameters
            boundary.show(lambda points, p=parameters: predict(points, p))
            ax.title.set_text(f"{run.label}, step {min(at * run.every, run.iterations):,}")
        yield np.ascontiguousarray(picture.pixels())
