"""How often does feedback name the mistake, and is it ever wrong about it?

Prints three rates: of the catalogue's own versions (wanted: 95 % of the wrong ones named, no right one accused); of mutants of
the solutions, which no one wrote by hand (wanted: all lose marks, 75 % told more than that values differ); and of two of the
catalogue's mistakes in one function. Ends with 1 where one is missed. Every miss is listed.

A mutant counts where it acts otherwise than the solution on some input that the exercise allows, beyond the tolerance of the
tests. Told more means: a finding names a known mistake, or says in what way a part is wrong, which parts are right, or for
which inputs; not only "the values of W1 are not what they should be" (see `Verdict.told` in tests/grading/diagnosis/judging.py).
"""

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from tests.grading.diagnosis.judging import judge, pairs_of, solution_of
from tests.grading.diagnosis.mutants import mutants_of

WANTED_NAMED, WANTED_TOLD, WANTED_MUTANTS = 0.95, 0.75, 300


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="take every k-th mutant and pair only")
    parser.add_argument("functions", nargs="*", help="all, where none is named")
    options = parser.parse_args()
    functions = options.functions or known_functions()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        kept = [
            rate_catalogue(functions, pool),
            rate_mutants(functions, options.every, pool),
            rate_pairs(functions, options.every, pool),
        ]
    sys.exit(0 if all(kept) else 1)


def verdicts(cases, pool):
    """The verdict on each (function, code)."""
    return pool.map(judge, *zip(*cases), chunksize=4) if cases else ()


def rate_catalogue(functions, pool):
    """Whether enough wrong versions of the catalogue are named, none as another, and no right one is accused."""
    wrong = [version for name in functions for version in wrong_versions(name)]
    right = [version for name in functions for version in right_versions(name)]
    found = list(verdicts([(version.function, version.code) for version in wrong + right], pool))
    named = [[finding.idea for finding in verdict.findings if finding.idea] for verdict in found]
    own = [version.idea in ideas for version, ideas in zip(wrong, named)]
    others = [version for version, ideas in zip(wrong, named) if set(ideas) - {version.idea}]
    accused = [version for version, verdict in zip(right, found[len(wrong) :]) if verdict.findings]
    print(
        f"catalogue: {sum(own)} of {len(wrong)} wrong versions named by their own entry ({share(own)}), ",
        end="",
    )
    print(f"{len(others)} by another; {len(accused)} of {len(right)} right versions accused")
    missed = [version for version, hit in zip(wrong, own) if not hit]
    for label, versions in (
        ("not named", missed),
        ("named as another", others),
        ("accused", accused),
    ):
        for version in versions:
            print(f"  {label}: {version.function}.{version.name}: {version.title}")
    return sum(own) >= WANTED_NAMED * len(own) and not others and not accused


def rate_mutants(functions, every, pool):
    """Whether all mutants that act otherwise lose marks, and enough are told more than that values differ."""
    mutants = list(chain.from_iterable(mutants_of(name, solution_of(name)) for name in functions))[
        ::every
    ]
    found = list(verdicts([(mutant.function, mutant.code) for mutant in mutants], pool))
    acting = [(mutant, verdict) for mutant, verdict in zip(mutants, found) if verdict.differs]
    told = [verdict.told for _, verdict in acting]
    print(f"mutants: {len(acting)} act otherwise, {len(mutants) - len(acting)} do not; ", end="")
    print(f"{sum(told)} told more than that values differ ({share(told)}); ", end="")
    print(
        f"{sum(verdict.names_a_mistake for _, verdict in acting)} named as a mistake of the catalogue"
    )
    print_by_function(acting)
    print_by_finding(acting)
    keeping = listed("keeps all marks", acting, lambda verdict: not verdict.lost)
    falsely = listed("named as what it is not", acting, lambda verdict: verdict.misnamed)
    listed("told only that values differ", acting, lambda verdict: not verdict.told)
    enough = len(acting) * every >= WANTED_MUTANTS or len(functions) < len(known_functions())
    return enough and not keeping and not falsely and sum(told) >= WANTED_TOLD * len(told)


def rate_pairs(functions, every, pool):
    """Whether no two mistakes in one function are taken for others."""
    pairs = list(chain.from_iterable(pairs_of(name) for name in functions))[::every]
    found = list(verdicts([(mistakes[0].function, code) for mistakes, code in pairs], pool))
    ideas = [{finding.idea for finding in verdict.findings if finding.idea} for verdict in found]
    made = [{mistake.idea for mistake in mistakes} for mistakes, _ in pairs]
    both = [own == wanted for own, wanted in zip(ideas, made)]
    one = [bool(own) and own < wanted for own, wanted in zip(ideas, made)]
    falsely = [
        pair
        for pair, verdict, own, wanted in zip(pairs, found, ideas, made)
        if verdict.misnamed and own - wanted
    ]
    keeping = [pair for pair, verdict in zip(pairs, found) if verdict.differs and not verdict.lost]
    print(f"two at once: of {len(pairs)} pairs both named {sum(both)} ({share(both)}), ", end="")
    print(
        f"one, which hides the other, {sum(one)}, neither {sum(not own for own in ideas)}; ", end=""
    )
    print(f"{len(falsely)} named as what they are not; {len(keeping)} keep all marks")
    for label, some in (("named as what it is not", falsely), ("keeps all marks", keeping)):
        for mistakes, _ in some:
            print(f"  {label}: {' and '.join(mistake.idea for mistake in mistakes)}")
    return not falsely and not keeping


def listed(label, acting, hit):
    """Those mutants that it holds for, printed."""
    hits = [mutant for mutant, verdict in acting if hit(verdict)]
    print(f"  {label}: {len(hits)}")
    for mutant in hits:
        print(f"    {mutant}")
    return hits


def print_by_function(acting):
    for name in dict.fromkeys(mutant.function for mutant, _ in acting):
        own = [verdict.told for mutant, verdict in acting if mutant.function == name]
        print(f"  {name:42s} {sum(own):4d} of {len(own):4d}  {share(own):>6s}")


def print_by_finding(acting):
    kinds = Counter(verdict.way for _, verdict in acting)
    how = [verdict.way not in ("plain", "none") for _, verdict in acting]
    print(f"  told how it is wrong, not only where or when: {sum(how)} ({share(how)})")
    print("  first finding: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def share(hits):
    return f"{sum(hits) / len(hits):.1%}" if hits else "none"


if __name__ == "__main__":
    main()
