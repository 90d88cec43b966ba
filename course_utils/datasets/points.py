"""Point clouds in the plane, drawn from a seed when they are loaded."""

import numpy as np


def load_circles(seed=1, test_seed=2):
    """Two noisy circles, one inside the other: 300 points to train on, 100 to test.

    -> train_X (2, 300), train_Y (1, 300), test_X (2, 100), test_Y (1, 100)
    """
    return *_circles(300, seed), *_circles(100, test_seed)


def load_flower(m=400, seed=1, test_seed=2, petals=4, radius=4.0):
    """A rose curve r = radius * sin(petals * t) with noise; each half turn of t is one class.

    -> train_X (2, m), train_Y (1, m), test_X (2, m), test_Y (1, m)
    """
    return *_flower(m, seed, petals, radius), *_flower(m, test_seed, petals, radius)


def load_moons(m=300, seed=3, test_seed=4, noise=0.2):
    """Two half moons that reach into each other, with noise.

    -> train_X (2, m), train_Y (1, m), test_X (2, m), test_Y (1, m)
    """
    return *_moons(m, seed, noise), *_moons(m, test_seed, noise)


def load_spirals(m=400, seed=1, test_seed=2, turns=1.5, noise=0.06):
    """Two spiral arms wound into each other; the second is the first turned by half a circle.

    turns: of each arm around the centre; noise: standard deviation in both directions
    -> train_X (2, m), train_Y (1, m), test_X (2, m), test_Y (1, m)
    """
    return *_spirals(m, seed, turns, noise), *_spirals(m, test_seed, turns, noise)


def _circles(m, seed):
    """X (2, m), Y (1, m); so are the others."""
    # here, because it takes a second to import, and most notebooks do without
    from sklearn.datasets import make_circles

    # random_state draws the same numbers as np.random does after np.random.seed(seed)
    X, Y = make_circles(n_samples=m, noise=0.05, random_state=seed)
    return X.T, Y.reshape(1, -1)


def _moons(m, seed, noise):
    from sklearn.datasets import make_moons

    X, Y = make_moons(n_samples=m, noise=noise, random_state=seed)
    return X.T, Y.reshape(1, -1)


def _flower(m, seed, petals, radius):
    rng = np.random.RandomState(seed)
    Y = np.repeat([0, 1], [m - m // 2, m // 2])
    t = np.concatenate([np.linspace(k * np.pi, (k + 1) * np.pi, np.sum(Y == k)) for k in (0, 1)])
    t += 0.2 * rng.randn(m)
    r = radius * np.sin(petals * t) + 0.2 * rng.randn(m)
    return np.stack([r * np.sin(t), r * np.cos(t)]), Y.reshape(1, -1)


def _spirals(m, seed, turns, noise):
    rng = np.random.RandomState(seed)
    Y = np.repeat([0, 1], [m - m // 2, m // 2])
    r = np.sqrt(rng.rand(m))  # the root spreads the points evenly along the arm
    angle = 2 * np.pi * turns * r + np.pi * Y
    arms = np.stack([r * np.cos(angle), r * np.sin(angle)])
    return arms + noise * rng.randn(2, m), Y.reshape(1, -1)
