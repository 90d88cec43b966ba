"""When a function is right: what the inputs that it answers well have in common, and the others have not."""

SOMETIMES = "It is right for some inputs, and wrong for others."
TELLING = (0, 1)  # numbers of which a single input says something


def condition(right, wrong):
    """A sentence on when it is right, from tries of both kinds; "" where none is to be seen."""
    shared = [name for name in wrong[0].known if all(name in one.known for one in (*right, *wrong))]
    for look in (_same, _bound, _mostly) if right else ():
        for name in shared:
            if found := look(
                name, *([one.known[name] for one in tries] for tries in (right, wrong))
            ):
                return found
    return ""


def _same(name, good, bad):
    """One value that all of a kind have, and none of the other; a single input proves little."""
    if set(good) & set(bad):
        return ""
    if len(set(good)) == 1 and (len(good) > 1 or good[0] in TELLING):
        return f"It is right where {name} {_is(good[0])}."
    if len(set(bad)) == 1 and (len(bad) > 1 or bad[0] in TELLING):
        return f"It is wrong only where {name} {_is(bad[0])}."
    return ""


def _bound(name, good, bad):
    """A number that lies between the values of the two kinds."""
    if (
        any(isinstance(value, str) for value in (*good, *bad))
        or len(set(good)) < 2
        or len(set(bad)) < 2
    ):
        return ""
    if max(good) < min(bad):
        return f"It is right up to {name} = {max(good):g}, and wrong from {name} = {min(bad):g} on."
    if max(bad) < min(good):
        return f"It is wrong up to {name} = {max(bad):g}, and right from {name} = {min(good):g} on."
    return ""


def _mostly(name, good, bad):
    """One value that all wrong ones have, and some of the right ones too."""
    if len(bad) < 2 or len(set(bad)) > 1 or set(good) == set(bad):
        return ""
    return f"It is wrong only where {name} {_is(bad[0])}, though not each time."


def _is(value):
    return f"is {value}" if isinstance(value, str) else f"= {value:g}"
