"""Factors that have a name in the formulas of this assignment, by the quantities of a call.

A result that is off by one of them is told so: "times lambd/m".
"""


def penalty_ratios(quantities):
    """Factors made of lambd and m; none where lambd is 0."""
    lambd, m = quantities["lambd"], quantities["m"]
    if not lambd:
        return {}
    return {
        "lambd/m": lambd / m,
        "-lambd/m": -lambd / m,
        "m/lambd": m / lambd,
        "lambd/(2m)": lambd / (2 * m),
        "-lambd/(2m)": -lambd / (2 * m),
        "-2 lambd/m": -2 * lambd / m,
    }


def dropout_ratios(quantities):
    """Factors made of keep_prob and the share of units that are dropped; none where that is 0."""
    keep_prob = quantities["keep_prob"]
    dropped = 1 - keep_prob
    if not keep_prob or not dropped:
        return {}
    return {
        "1 - keep_prob": dropped,
        "1/(1 - keep_prob)": 1 / dropped,
        "keep_prob / (1 - keep_prob)": keep_prob / dropped,
        "(1 - keep_prob) / keep_prob": dropped / keep_prob,
    }
