"""What benchmarks/scale.py wants, and how it sums up and prints its figures."""

import statistics

# Wanted: the growth of a submission's processor time from the smallest class to the largest; the
# coordinator's memory in bytes; how many times as fast two jobs or two workers are as one.
MOST_GROWTH, MOST_MEMORY = 1.15, 400e6
LEAST_GAIN_OF_JOBS, LEAST_GAIN_OF_WORKERS = 1.7, 1.6


def mean_of(uses: list[dict]) -> dict:
    """Several classes of one size as one: times and sizes are means, memory is the most of any."""
    first = uses[0]
    kinds = dict.fromkeys(name for use in uses for name in use["kinds"])
    return {
        "size": first["size"],
        "classes": len(uses),
        "exact": all(use["exact"] for use in uses),
        **{key: _mean(uses, key) for key in ("wall", "processor", "machine")},
        "together": max(use["together"] for use in uses),
        "disk": {name: _mean([use["disk"] for use in uses], name) for name in first["disk"]},
        "kinds": {
            name: _mean_of_kind([use["kinds"][name] for use in uses if name in use["kinds"]])
            for name in kinds
        },
    }


def _mean_of_kind(uses: list[dict]) -> dict:
    """The processes of one kind in several classes."""
    return {
        "rss": max(use["rss"] for use in uses),
        "pss": max(use["pss"] for use in uses),
        "median_pss": statistics.median(use["median_pss"] for use in uses),
        "seconds": _mean(uses, "seconds"),
    }


def _mean(uses: list[dict], key: str) -> float:
    return statistics.mean(use[key] for use in uses)


def print_memory(row: dict) -> None:
    """Print the memory of each kind of process, the largest first."""
    print(
        f"\nmemory in MB, class of {row['size']:,d}: "
        "most ever (Rss), most and median seen (Pss: what is shared is split)"
    )
    for name, use in sorted(row["kinds"].items(), key=lambda item: -item[1]["rss"]):
        rss, pss, median = (use[key] / 1e6 for key in ("rss", "pss", "median_pss"))
        print(f"  {name:28s} {rss:8.0f} {pss:8.0f} {median:8.0f}")
    print(f"  {'all at one time':28s} {'':8s} {row['together'] / 1e6:8.0f}\n")


def print_verdict(figure: str, is_reached: bool) -> None:
    """Print a figure, with what is wanted of it, and whether that is reached."""
    print(f"{figure}: {'reached' if is_reached else 'FALLS SHORT'}\n", flush=True)
