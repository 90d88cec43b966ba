"""The plots: what is drawn is what was passed, on the axes that were passed."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from course_utils import plotting
from course_utils.figures import has_dark_form
from course_utils.training import TrainingRun


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


X = np.array([[0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 0.0, 1.0]])
Y = np.array([[0, 1, 0, 1]])


def test_points_of_the_two_classes_differ_in_colour_and_in_marker():
    ax = plotting.plot_points(X, Y)
    zero, one = ax.collections
    np.testing.assert_array_equal(zero.get_offsets(), X[:, [0, 2]].T)
    np.testing.assert_array_equal(one.get_offsets(), X[:, [1, 3]].T)
    assert len(zero.get_paths()[0]) != len(one.get_paths()[0])
    assert not np.array_equal(zero.get_facecolor(), one.get_facecolor())


def test_the_boundary_lies_where_the_prediction_changes():
    _, ax = plt.subplots()
    asked = []

    def predict(points):
        asked.append(points)
        return points[:1] > 1.5

    assert plotting.plot_decision_boundary(predict, X, Y, ax) is ax
    picture = ax.images[0]
    left, right, low, high = picture.get_extent()
    assert (left, right, low, high) == (-1, 4, -1, 2)
    colours = picture.get_array()
    assert colours.shape[:2] == (300, 500)  # every 0.01 of a unit
    first_orange = np.argmax((colours[0] == plotting.TINTS[1]).all(axis=1))
    assert left + 0.01 * first_orange == pytest.approx(1.5, abs=0.011)
    assert sum(points.shape[1] for points in asked) == 300 * 500


def test_the_picture_is_the_right_way_up():
    ax = plotting.plot_decision_boundary(lambda points: points[1:] > 0.5, X, Y)
    colours = ax.images[0].get_array()
    assert ax.images[0].origin == "lower"
    np.testing.assert_array_equal(colours[0, 0], plotting.TINTS[0])
    np.testing.assert_array_equal(colours[-1, 0], plotting.TINTS[1])


def test_cost_curves_show_values_and_mark_infinite_ones():
    runs = [
        TrainingRun({}, 10, "plain", [3.0, 2.0, 1.0]),
        TrainingRun({}, 10, "large", [np.inf, 2.0, 1.5]),
    ]
    plain, large = plotting.plot_costs(runs)
    np.testing.assert_array_equal(plain.lines[0].get_xydata(), [[0, 3], [10, 2], [20, 1]])
    assert len(plain.lines) == 1
    assert plain.get_title() == "plain"
    np.testing.assert_array_equal(large.lines[1].get_xdata(), [0])
    assert large.get_legend().get_texts()[0].get_text() == "infinite"
    assert plain.lines[0].get_linestyle() != large.lines[0].get_linestyle()


@pytest.mark.parametrize(("count", "inches"), [(2, 8), (4, 12)])
def test_pictures_side_by_side_stay_narrow_enough_for_their_letters(count, inches):
    axes = plotting.plot_costs([TrainingRun({}, 10, "run", [2.0, 1.0])] * count)
    assert axes[0].figure.get_figwidth() == inches


def test_histograms_count_every_value_and_name_mean_and_spread():
    values = {"W1": np.array([[1.0, 2.0], [3.0, 4.0]]), "A1": np.zeros(7)}
    axes = plotting.plot_histograms(values)
    assert [sum(bar.get_height() for bar in ax.patches) for ax in axes] == [4, 7]
    assert axes[0].get_title() == "W1: mean 2.5, std 1.1"


def test_error_against_epsilon_is_logarithmic_and_draws_the_threshold():
    ax = plotting.plot_epsilon({"both sides": ([1e-7, 1e-5], [1e-9, 0.0])}, threshold=2e-7)
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [1e-9, np.nan])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "both sides",
        "threshold 2e-07",
    ]


# Viénot, Brettel, Mollon (1999): what the two common kinds of colour blindness see of linear RGB.
BLINDNESS = {
    "protanopia": np.array(
        [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]
    ),
    "deuteranopia": np.array(
        [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]
    ),
}


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_palette_can_be_told_apart_by_colour_blind_readers(kind):
    linear = np.array([to_rgb(colour) for colour in plotting.COLOURS[:2]]) ** 2.2
    seen = np.clip(linear @ BLINDNESS[kind].T, 0, 1) ** (1 / 2.2)
    assert np.abs(seen[0] - seen[1]).max() > 0.3


# --- pictures of points


def legend_of(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def shape_of_a_circle(ax):
    """Height over width, in pixels, of a circle of radius 0.5 around the origin."""
    ax.figure.draw_without_rendering()
    (left, low), (right, high) = ax.transData.transform([(-0.5, -0.5), (0.5, 0.5)])
    return (high - low) / (right - left)


@pytest.mark.parametrize("size", [(9, 3), (3, 6)])
def test_a_circle_of_points_is_drawn_as_a_circle(size):
    _, (left, right) = plt.subplots(1, 2, figsize=size)
    plotting.plot_points(X, Y, left)
    plotting.plot_decision_boundary(lambda points: points[:1] > 1.5, X, Y, right)
    assert shape_of_a_circle(left) == pytest.approx(1)
    assert shape_of_a_circle(right) == pytest.approx(1)


def test_a_legend_names_the_classes():
    def predict(points):
        return points[:1] > 1.5

    names = ("their ball", "our ball")
    assert legend_of(plotting.plot_points(X, Y)) == ["class 0", "class 1"]
    assert legend_of(plotting.plot_points(X, Y, names=names)) == list(names)
    assert legend_of(plotting.plot_decision_boundary(predict, X, Y)) == ["class 0", "class 1"]
    assert legend_of(plotting.plot_decision_boundary(predict, X, Y, names=names)) == list(names)


def test_the_legend_of_points_hides_none_of_them():
    ax = plotting.plot_points(X, Y)
    ax.figure.draw_without_rendering()
    assert ax.get_legend().get_window_extent().y1 < ax.get_window_extent().y0


def test_a_pitch_has_the_shape_of_a_pitch_behind_the_points():
    ax = plotting.plot_points(X / 4, Y)
    assert plotting.plot_pitch(ax) is ax
    points, lines = ax.collections, ax.lines
    assert max(line.get_zorder() for line in lines) < min(part.get_zorder() for part in points)
    assert shape_of_a_circle(ax) == pytest.approx(68 / 105)  # from side to side, goal to goal
    outline = lines[0].get_xydata()
    np.testing.assert_allclose([outline.min(axis=0), outline.max(axis=0)], [[-1, -1], [1, 1]])
    centre_circle = lines[2].get_xydata() * [105 / 2, 68 / 2]  # metres
    np.testing.assert_allclose(np.linalg.norm(centre_circle, axis=1), 9.15)
    assert legend_of(ax) == ["class 0", "class 1"]


# --- histograms over one another, and whole numbers


def test_histograms_on_one_axis_count_in_the_same_bins_and_differ_without_colour():
    values = {"before": np.array([[0.0, 1.0], [2.0, 10.0]]), "after": np.zeros(7)}
    ax = plotting.plot_two_histograms(values, bins=5)
    before, after = ax.patches
    heights = [part.get_path().vertices[:, 1].max() for part in (before, after)]
    assert heights == [2, 7]  # 0 and 1 share a bin of width 2
    edges = [part.get_path().vertices[:, 0] for part in (before, after)]
    assert [(x.min(), x.max()) for x in edges] == [(0, 10), (0, 10)]
    assert before.get_hatch() != after.get_hatch()
    assert before.get_linestyle() != after.get_linestyle()
    assert legend_of(ax) == ["before", "after"]
    assert ax.get_ylabel() == "count"


def whole(ticks):
    return np.array_equal(ticks, np.round(ticks))


def test_layers_are_counted_in_whole_numbers():
    layers = np.arange(1, 4)
    ax = plotting.plot_curves({"A": (layers, [0.5, 0.7, 0.6])}, xlabel="layer")
    assert whole(ax.get_xticks())
    assert not whole(ax.get_yticks())
    assert not whole(plotting.plot_curves({"A": ([0.5, 1.5], [0, 1])}).get_xticks())


def test_iterations_are_counted_in_whole_numbers():
    short = [TrainingRun({}, 1, "short", [3.0, 2.0])]
    (ax,) = plotting.plot_costs(short)
    assert whole(ax.get_xticks())
    assert ax.get_xlabel() == "iteration"
    assert plotting.plot_costs(short, xlabel="epoch")[0].get_xlabel() == "epoch"


def test_what_is_bright_in_a_picture_stays_bright_in_a_dark_theme():
    ax = plotting.plot_picture(X, cmap="cividis", title="four", vmin=0, vmax=3)
    np.testing.assert_array_equal(ax.images[0].get_array(), X)
    assert (ax.get_title(), ax.images[0].get_clim()) == ("four", (0, 3))
    assert not has_dark_form(ax.figure)
    assert has_dark_form(plotting.plot_points(X, Y).figure)
