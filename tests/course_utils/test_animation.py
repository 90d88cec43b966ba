"""The animation: small, over within five seconds, and a still picture where nothing moves."""

import io

import numpy as np
import pytest
from PIL import Image

from course_utils.animation import animate_boundaries, animation_of, valley_animation_of
from course_utils.datasets import load_football
from course_utils.network import forward_propagation, xavier_parameters
from course_utils.training import model
from course_utils.valley import valley_cost, valley_paths

X, Y, _, _ = load_football()


def run(steps, every=100, label="plain", **parts):
    start, how = xavier_parameters((2, 20, 3, 1), 3), {"every": every, "label": label} | parts
    return model(X, Y, start, learning_rate=0.3, num_iterations=steps, progress=False, **how)


@pytest.fixture(scope="module")
def animation():
    return animation_of([run(1_000), run(400, label="short")], X, Y, 0.9)


def pixels(content, number):
    # opened anew each time, because Pillow loses the palette when it goes back
    picture = Image.open(io.BytesIO(content))
    picture.seek(number)
    return np.array(picture.convert("RGB"))


def test_it_is_small_plays_once_and_ends_within_five_seconds(animation):
    content, _ = animation
    picture = Image.open(io.BytesIO(content))
    assert len(content) < 300_000
    assert picture.info["loop"] == 1
    moving = range(1, picture.n_frames)
    assert len(moving) == 11  # ten snapshots and the end
    durations = []
    for number in moving:
        picture.seek(number)
        durations.append(picture.info["duration"])
    assert sum(durations) <= 5_000


def test_where_nothing_moves_the_last_picture_is_seen(animation):
    content, description = animation
    picture = Image.open(io.BytesIO(content))
    assert picture.default_image
    np.testing.assert_array_equal(pixels(content, 0), pixels(content, picture.n_frames - 1))
    assert np.any(pixels(content, 1) != pixels(content, 0))
    assert "during 1,000 steps" in description
    assert "plain: " in description
    assert "short: " in description


def test_a_run_that_was_interrupted_can_be_shown():
    calls = []

    def forward(X, parameters):
        calls.append(1)
        if len(calls) > 150:
            raise KeyboardInterrupt
        return forward_propagation(X, parameters)

    stopped = run(1_000, forward=forward)
    assert stopped.interrupted
    content, description = animation_of([stopped], X, Y, 0.9)
    assert "This animation has 3 pictures" in description
    assert content.startswith(b"\x89PNG")


def test_it_is_displayed_with_words_beside_it(monkeypatch):
    displayed = []

    def display(bundle, raw, metadata):
        displayed.append((bundle, metadata))

    monkeypatch.setattr("IPython.display.display", display)
    animate_boundaries([run(200)], X, Y, 0.9)
    ((bundle, metadata),) = displayed
    assert metadata["image/png"]["alt"] == bundle["text/plain"]


def test_runners_in_the_valley():
    def downhill(parameters, slopes, rate):
        return {name: parameters[name] - rate * slopes["d" + name] for name in parameters}

    paths = valley_paths(downhill, rate=0.03, steps=21)
    content, description = valley_animation_of(paths)
    picture = Image.open(io.BytesIO(content))
    assert picture.n_frames - 1 == 11  # steps 1, 3, ..., 21
    assert np.any(pixels(content, 1) != pixels(content, 2))
    np.testing.assert_array_equal(pixels(content, 0), pixels(content, 11))
    assert "during 21 steps" in description
    assert f"{valley_cost(paths['valley.gd'][-1]):.2g}" in description
