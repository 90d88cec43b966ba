"""What a factor is, in words."""

import functools

CONSTANTS = {
    "1": 1.0, "-1": -1.0, "2": 2.0, "1/2": 0.5, "3": 3.0, "4": 4.0, "1/4": 0.25, "10": 10.0, "1/10": 0.1, "100": 100.0, "1/100": 0.01,
    "1/1000": 0.001, "the root of 2": 2**0.5, "1 / the root of 2": 0.5**0.5, "-2": -2.0, "-1/2": -0.5,
}  # fmt: skip
QUANTITIES = ("m", "keep_prob", "lambd", "epsilon", "x", "theta")


def name_ratio(factors, tries):
    """The one name that fits a factor in every try, such as "2", "1/m" or "keep_prob"; "" where none or several do.

    factors: a number a try; tries: the quantities of each. A plain number goes before a quantity that happens to equal it.
    """
    named = [_candidates(_plain(known)) for known in tries]
    fitting = [
        name
        for name in named[0]
        if all(_fits(one, known.get(name)) for one, known in zip(factors, named))
    ]
    plain = [name for name in fitting if name in CONSTANTS]
    best = plain or fitting
    return best[0] if len(best) == 1 else ""


def _plain(known):
    return tuple((name, float(known[name])) for name in QUANTITIES if known.get(name))


@functools.lru_cache(maxsize=256)
def _candidates(known):
    """Factors that have a name, from the quantities of one try as pairs."""
    named, known = dict(CONSTANTS), dict(known)
    for name in QUANTITIES:
        if value := known.get(name):
            named |= {
                name: value,
                f"1/{name}": 1 / value,
                f"-{name}": -value,
                f"-1/{name}": -1 / value,
            }
            named |= {f"{name} squared": value**2, f"1/{name} squared": value**-2}
            named |= {f"2{name}": 2 * value, f"1/(2{name})": 0.5 / value}
    keep = known.get("keep_prob")
    if keep and keep != 1:
        named |= {"1 - keep_prob": 1 - keep, "1/(1 - keep_prob)": 1 / (1 - keep)}
        named |= {
            "keep_prob / (1 - keep_prob)": keep / (1 - keep),
            "(1 - keep_prob) / keep_prob": (1 - keep) / keep,
        }
    if (lambd := known.get("lambd")) and (m := known.get("m")):
        named |= {"lambd/m": lambd / m, "-lambd/m": -lambd / m, "m/lambd": m / lambd}
        named |= {
            "lambd/(2m)": lambd / (2 * m),
            "-lambd/(2m)": -lambd / (2 * m),
            "-2 lambd/m": -2 * lambd / m,
        }
    return named


def _fits(factor, value):
    return value is not None and abs(factor - value) <= 1e-6 * abs(value)
