"""The inference engine: from a wrong result to what is wrong with it. It knows no exercise.

It is reached through this door alone. `try_call` and `try_twice` give a `Call`; with what was
expected it makes an `Observation`; `findings_from` turns observations into `Finding`s.
"""

from course_utils.explain.call import CALL_SEED, Call, overwrite_arrays, try_call, try_twice
from course_utils.explain.compare import Difference, Tolerance, describe, first_difference
from course_utils.explain.components import components_of
from course_utils.explain.diagnose_outcomes import findings_from, is_misshapen, todo_finding
from course_utils.explain.error_findings import (
    forgiving_flags,
    of_last_run,
    undefined_finding,
    with_refusal,
)
from course_utils.explain.errors import (
    CallError,
    SourceLine,
    error_of_last_run,
    past_cells,
    read_cell_error,
    read_error,
)
from course_utils.explain.finding import KINDS, Finding, StoredFinding, finding_on
from course_utils.explain.fingerprint import Fingerprint, fingerprint_of
from course_utils.explain.independence import independent
from course_utils.explain.inputs import (
    Signature,
    describe_inputs,
    input_arrays,
    input_quantities,
    is_list_of_parts,
)
from course_utils.explain.observation import Observation, WatchedStub
from course_utils.explain.perturbations import perturbation_code
from course_utils.explain.plain_values import (
    DTYPE,
    MAX_DEPTH,
    NotAResult,
    NotPlain,
    plain_result,
    plain_value,
    type_name,
)
from course_utils.explain.shared_arrays import first_shared, same_as_earlier
from course_utils.explain.structure_findings import describe_structure
from course_utils.explain.stubs import WatchedFunction, named, using_stubs
from course_utils.explain.verdicts import verdict

__all__ = [
    "CALL_SEED",
    "DTYPE",
    "KINDS",
    "MAX_DEPTH",
    "Call",
    "CallError",
    "Difference",
    "Finding",
    "Fingerprint",
    "NotAResult",
    "NotPlain",
    "Observation",
    "Signature",
    "SourceLine",
    "StoredFinding",
    "Tolerance",
    "WatchedFunction",
    "WatchedStub",
    "components_of",
    "describe",
    "describe_inputs",
    "describe_structure",
    "error_of_last_run",
    "finding_on",
    "findings_from",
    "fingerprint_of",
    "first_difference",
    "first_shared",
    "forgiving_flags",
    "independent",
    "input_arrays",
    "input_quantities",
    "is_list_of_parts",
    "is_misshapen",
    "named",
    "of_last_run",
    "overwrite_arrays",
    "past_cells",
    "perturbation_code",
    "plain_result",
    "plain_value",
    "read_cell_error",
    "read_error",
    "same_as_earlier",
    "todo_finding",
    "try_call",
    "try_twice",
    "type_name",
    "undefined_finding",
    "using_stubs",
    "verdict",
    "with_refusal",
]
