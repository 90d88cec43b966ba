"""How often does feedback name the mistake, and is it ever wrong about it?

    python -m benchmarks.mistakes [--every K] [FUNCTION ...]

Prints four rates, and lists every miss:

- of the catalogue's own versions; wanted: 95 % of the wrong ones named, no right one accused;
- of mutants of the solutions, which no one wrote by hand; wanted: all lose marks, 75 % are told
  more than that values differ;
- of two of the catalogue's mistakes in one function; wanted: none is taken for another;
- of the odd submissions, which beginners might write; wanted: no right one accused.

Beside each it prints how often the visible check says only what the grader bears out, and how many
findings on an error give the student's own line; wanted: all.

Ends with 1 when one of these is missed.

A mutant counts when it acts otherwise than the solution on some input that the exercise allows,
beyond the tolerance of the tests. Told more means: a finding names a known mistake, or says in what
way a part is wrong, which parts are right, or for which inputs; not only "the values of W1 are not
what they should be" (see `Verdict.told` in tests/grading/diagnosis/judging.py).
"""

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain

from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from tests.grading.diagnosis.catalogue_results import solution_of
from tests.grading.diagnosis.judging import judge, pairs_of
from tests.grading.diagnosis.mutants import mutants_of
from tests.grading.diagnosis.odd_submissions import odd_submissions

WANTED_NAMED, WANTED_TOLD, WANTED_MUTANTS = 0.95, 0.75, 300


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="take every k-th mutant and pair only")
    parser.add_argument("functions", nargs="*", help="all, where none is named")
    options = parser.parse_args()
    functions = options.functions or known_functions()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        reached = [
            rate_catalogue(functions, pool),
            rate_mutants(functions, options.every, pool),
            rate_pairs(functions, options.every, pool),
            rate_odd(functions, pool),
        ]
    sys.exit(0 if all(reached) else 1)


def verdicts_on(cases, pool):
    """The verdicts on cases (function, code), in their order."""
    return list(pool.map(judge, *zip(*cases), chunksize=4)) if cases else []


def ideas_in(verdict):
    """The known mistakes that a version is told of."""
    return {finding.idea for finding in verdict.findings if finding.idea}


def rate_catalogue(functions, pool):
    """Whether enough wrong versions are named, none as another, and no right one is accused."""
    wrong = [version for name in functions for version in wrong_versions(name)]
    right = [version for name in functions for version in right_versions(name)]
    cases = [(version.function, version.code) for version in wrong + right]
    verdicts = verdicts_on(cases, pool)
    named = [ideas_in(verdict) for verdict in verdicts[: len(wrong)]]
    hits = [version.idea in ideas for version, ideas in zip(wrong, named)]
    missed = [version for version, hit in zip(wrong, hits) if not hit]
    others = [version for version, ideas in zip(wrong, named) if ideas - {version.idea}]
    accused = [
        version for version, verdict in zip(right, verdicts[len(wrong) :]) if verdict.findings
    ]
    print(
        f"catalogue: {sum(hits)} of {len(wrong)} wrong versions "
        f"named by their own entry ({share(hits)}), {len(others)} by another; "
        f"{len(accused)} of {len(right)} right versions accused"
    )
    print_versions("not named", missed)
    print_versions("named as another", others)
    print_versions("accused", accused)
    agreed = rate_agreement([version.name for version in wrong + right], verdicts)
    return agreed and sum(hits) >= WANTED_NAMED * len(hits) and not others and not accused


def rate_mutants(functions, every, pool):
    """Whether all mutants that act otherwise lose marks, and enough are told more than that."""
    mutants = list(chain.from_iterable(mutants_of(name, solution_of(name)) for name in functions))
    mutants = mutants[::every]
    verdicts = verdicts_on([(mutant.function, mutant.code) for mutant in mutants], pool)
    acting = [(mutant, verdict) for mutant, verdict in zip(mutants, verdicts) if verdict.differs]
    told = [verdict.told for _, verdict in acting]
    print(
        f"mutants: {len(acting)} act otherwise, {len(mutants) - len(acting)} do not; "
        f"{sum(told)} told more than that values differ ({share(told)}); "
        f"{sum(verdict.names_a_mistake for _, verdict in acting)} "
        "named as a mistake of the catalogue"
    )
    print_by_function(acting)
    print_by_finding(acting)
    keeping = print_mutants("keeps all marks", acting, lambda verdict: not verdict.lost)
    misnamed = print_mutants("named as what it is not", acting, lambda verdict: verdict.misnamed)
    print_mutants("told only that values differ", acting, lambda verdict: not verdict.told)
    agreed = rate_agreement(mutants, verdicts)
    enough = len(acting) * every >= WANTED_MUTANTS or len(functions) < len(known_functions())
    is_clean = agreed and not keeping and not misnamed
    return enough and is_clean and sum(told) >= WANTED_TOLD * len(told)


def rate_pairs(functions, every, pool):
    """Whether no two mistakes in one function are taken for others."""
    pairs = list(chain.from_iterable(pairs_of(name) for name in functions))[::every]
    verdicts = verdicts_on([(mistakes[0].function, code) for mistakes, code in pairs], pool)
    named = [ideas_in(verdict) for verdict in verdicts]
    made = [{mistake.idea for mistake in mistakes} for mistakes, _ in pairs]
    both = [ideas == mistakes for ideas, mistakes in zip(named, made)]
    one = [bool(ideas) and ideas < mistakes for ideas, mistakes in zip(named, made)]
    misnamed = [
        mistakes
        for mistakes, ideas, verdict in zip(made, named, verdicts)
        if verdict.misnamed and ideas - mistakes
    ]
    keeping = [
        mistakes
        for mistakes, verdict in zip(made, verdicts)
        if verdict.differs and not verdict.lost
    ]
    print(
        f"two at once: of {len(pairs)} pairs both named {sum(both)} ({share(both)}), "
        f"one, which hides the other, {sum(one)}, neither {sum(not ideas for ideas in named)}; "
        f"{len(misnamed)} named as what they are not; {len(keeping)} keep all marks"
    )
    for label, missed in (("named as what it is not", misnamed), ("keeps all marks", keeping)):
        for mistakes in missed:
            print(f"  {label}: {' and '.join(sorted(mistakes))}")
    names = [" and ".join(sorted(mistakes)) for mistakes in made]
    agreed = [
        # of two mistakes the check may name one, on its one example, and the grader another
        replace(verdict, disagreements=()) if names_one_of(mistakes, verdict.said) else verdict
        for (mistakes, _), verdict in zip(pairs, verdicts)
    ]
    return rate_agreement(names, agreed) and not misnamed and not keeping


def names_one_of(mistakes, said):
    """Whether the first thing that the check says is one of these mistakes, in its own words."""
    return bool(said) and said[0].found_text in [mistake.found for mistake in mistakes]


def rate_odd(functions, pool):
    """Whether each odd submission is told something just where it is wrong."""
    odd = [submission for submission in odd_submissions() if submission.function in functions]
    versions = [submission.version for submission in odd]
    verdicts = verdicts_on([(version.function, version.code) for version in versions], pool)
    hits = [
        bool(verdict.findings) != submission.right for submission, verdict in zip(odd, verdicts)
    ]
    print(f"odd: {sum(hits)} of {len(odd)} told something just where they are wrong")
    print_versions("told wrongly", [version for version, hit in zip(versions, hits) if not hit])
    return rate_agreement([version.name for version in versions], verdicts) and all(hits)


def rate_agreement(names, verdicts):
    """Whether the check says only what the grader bears out, and errors come with their line."""
    told = [(name, verdict) for name, verdict in zip(names, verdicts) if verdict.said]
    agreed = [not verdict.disagreements for _, verdict in told]
    errors = [
        finding
        for verdict in verdicts
        for finding in (*verdict.said, *verdict.findings)
        if finding.kind == "error"
    ]
    lines = [finding.line is not None for finding in errors]
    print(f"  check and grader in agreement: {sum(agreed)} of {len(told)} ({share(agreed)})")
    print(f"  errors with the line: {sum(lines)} of {len(errors)} ({share(lines)})")
    for name, verdict in told:
        for disagreement in verdict.disagreements:
            print(f"    {name}: {disagreement}")
    for finding in errors:
        if finding.line is None:
            print(f"    no line: {finding.got}")
    return all(agreed) and all(lines)


def print_versions(label, versions):
    for version in versions:
        print(f"  {label}: {version.function}.{version.name}: {version.title}")


def print_mutants(label, acting, is_hit):
    """Print the mutants whose verdict `is_hit`, and return them."""
    hits = [mutant for mutant, verdict in acting if is_hit(verdict)]
    print(f"  {label}: {len(hits)}")
    for mutant in hits:
        print(f"    {mutant}")
    return hits


def print_by_function(acting):
    """Print how many mutants of each function are told more than that values differ."""
    for name in dict.fromkeys(mutant.function for mutant, _ in acting):
        told = [verdict.told for mutant, verdict in acting if mutant.function == name]
        print(f"  {name:42s} {sum(told):4d} of {len(told):4d}  {share(told):>6s}")


def print_by_finding(acting):
    """Print how many mutants get each kind of finding first."""
    kinds = Counter(verdict.way for _, verdict in acting)
    told_how = [verdict.way not in ("plain", "none") for _, verdict in acting]
    print(f"  told how it is wrong, not only where or when: {sum(told_how)} ({share(told_how)})")
    print("  first finding: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def share(hits):
    """The share of what is True, as text."""
    return f"{sum(hits) / len(hits):.1%}" if hits else "none"


if __name__ == "__main__":
    main()
