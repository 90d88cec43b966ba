"""The errors of beginners, from the exception that Python and numpy really raise."""

import re

import pytest

from course_utils.explain.errors.call_error import SourceLine
from course_utils.messages.catalogue import known_codes
from tests.course_utils.explain.errors.raising import call_error, cell_error

# (the lines of a function, the kind, text that the sentences name)
CALLS = [
    # names
    ("return torch.zeros(2)", "name-framework", "torch"),
    ("return plt.plot(x)", "name-import", "plt"),
    ("return copy.deepcopy(x)", "name-module", "copy"),
    ("for i in xrange(3): pass", "name-python2", "xrange"),
    ("return parameters[W1]", "name-quotes", "W1"),
    ("return layer_dims[0]", "name-near", "layers_dims"),
    ("return Sizes(x)", "name-function", "Sizes"),
    ("return grads_W1 * 2", "name", "grads_W1"),
    ("return np.ones(2)[theta]", "name", "theta"),
    ("return true", "name-near", "True"),
    ("return sqrt(x)", "name-numpy", "sqrt"),
    ("for i in range(3):\n    cost += i", "unbound-start", "cost"),
    ("B = C + 1\nC = 2\nreturn B", "unbound-order", "line 5"),
    ("if l > 5:\n    C = 2\nreturn C", "unbound-branch", "Line 5"),
    # keys, indices, attributes
    ("return parameters['W' + str(l + 2)]", "key-computed", "'W4'"),
    ("return parameters['w1']", "key-near", "'W1'"),
    ("return parameters['dW1']", "key-literal", "'dW1'"),
    ("grads = {}\ngrads['dW1'] += 1", "key-empty", "grads"),
    ("return dict(parameters).pop('x')", "key-alone", "'x'"),
    ("return layers_dims[l + 1]", "index-list", "layers_dims"),
    ("return layers_dims[3]", "index-past", "layers_dims"),
    ("e = []\nreturn e[0]", "index-empty", "e"),
    ("return [].pop()", "index", "[].pop()"),
    ("return A[4]", "index-array", "axis 0"),
    ("return A[0, 0, 0]", "index-dimensions", "A[0, 0, 0]"),
    ("return A['W1']", "index-array-type", "text"),
    ("return A[x]", "index-array-type", "x"),
    ("return layers_dims['W1']", "index-type", "text"),
    ("return layers_dims[1, 2]", "index-type", "a tuple"),
    ("return cache['A1']", "index-type", "a tuple"),
    ("return np.float64(2)[0]", "number-index", "np.float64(2)[0]"),
    ("return np.sum(A, axis=2)", "axis", "axis 2"),
    ("return parameters.iteritems()", "attribute-python2", "iteritems"),
    ("return parameters.has_key('W1')", "attribute-python2", "has_key"),
    ("return np.int(x)", "attribute-numpy-type", "np.int"),
    ("return A.astype(np.float)", "attribute-numpy-type", "np.float"),
    ("return np.product(A)", "attribute-numpy-name", "np.product"),
    ("return np.zeroes((2, 3))", "attribute-near", "np.zeros"),
    ("return A.reshpae(3)", "attribute-near", "A.reshape"),
    ("return np.convolution2d(A)", "attribute-module", "np"),
    ("n = layers_dims.sort()\nreturn n.shape", "attribute-none", "n"),
    ("return layers_dims.shape", "attribute-array", "a list"),
    ("return A.exp()", "attribute-function", "np.exp"),
    ("return A.keys()", "attribute", "an array"),
    ("return A.append(1)", "attribute-function", "np.append"),
    # calls
    ("return np.dot(A)", "call-missing", "np.dot"),
    ("g = lambda a, b: a\nreturn g(1)", "call-missing", "b"),
    ("return np.multiply(A)", "call-few", "np.multiply(A)"),
    ("return len()", "call-few", "len"),
    ("return math.atan2(x)", "call-few", "math.atan2"),
    ("return np.multiply(A, A, A, A)", "call-many", "np.multiply"),
    ("return np.sum(A, axes=1)", "call-unexpected", "axes"),
    ("return np.sum(A, 1, axis=1)", "call-twice", "axis"),
    ("g = lambda a: a\nreturn g(1, 2)", "call-many", "g(1, 2)"),
    ("return np.array(1, 2, 3)", "call-many", "np.array"),
    ("return np.zeros(layers_dims[1], layers_dims[0])", "call-shape", "np.zeros"),
    ("return np.zeros(2, 3)", "call-shape", "np.zeros"),
    ("return np.array(1, 2)", "call-dtype", "np.array"),
    ("return np.random.randn((2, 3))", "call-sizes", "np.random.randn"),
    ("return l(x)", "not-callable-number", "a whole number"),
    ("return (1 / x)(A)", "not-callable-number", "`1 / x`"),
    ("return A(0)", "not-callable-array", "an array"),
    ("return parameters('W1')", "not-callable-brackets", "parameters"),
    ("g = 'W'\nreturn g(1)", "not-callable", "text"),
    ("return layers_dims(1)", "not-callable-brackets", "a list"),
    ("sum = 0\nreturn sum([1])", "not-callable-shadowed", "sum"),
    ("return np.random(2)", "not-callable-module", "np.random"),
    ("return np.concatenate(A, A)", "joined", "np.concatenate"),
    ("return range(1, x)", "whole-number-float", "range(1, x)"),
    ("return range(layers_dims)", "whole-number", "a list"),
    ("return np.zeros((2.0, 3))", "whole-number-float", "np.zeros"),
    ("return bytes('a')", "type", "bytes('a')"),
    # operands and conversions
    ("return 'W' + l", "operands-text", "a whole number"),
    ("return l + 'W'", "operands-text", "l"),
    ("return layers_dims - 1", "operands-list", "layers_dims"),
    ("return layers_dims * 0.01", "operands-list", "a list"),
    ("return layers_dims + 1", "operands-list", "a list"),
    ("return print() * x", "operands-none", "None"),
    ("return x * cache", "operands-tuple", "cache"),
    ("return x * parameters", "operands-dict", "parameters"),
    ("return x * np.sum", "operands-function", "np.sum"),
    ("return x @ x", "operands", "`@`"),
    ("x -= 'W'\nreturn x", "operands-text", "x"),
    ("return A + 'W'", "operands-text", "+"),
    ("return sum(['W'])", "operands-plain", "text"),
    ("return -cache", "operands-unary", "a tuple"),
    ("return 'a' < 1", "operands-compared", "text"),
    ("for i in l: pass", "not-iterable-number", "l"),
    ("a, *b = x", "not-iterable|unpack-one", ""),
    ("return sum(l)", "not-iterable-call", "sum"),
    ("a, b = x", "unpack-one", "a number"),
    ("a, b = 1, 2, 3", "unpack-more", "2"),
    ("a, b, c = cache", "unpack-fewer", "3"),
    ("return x[0]", "entry", "x"),
    ("n = None\nreturn n[0]", "entry-none", "n"),
    ("return np.zeros[2]", "entry-function", "np.zeros"),
    ("cache[0] = 1", "entry-assigned", "cache"),
    ("return parameters[layers_dims]", "unhashable", "a list"),
    ("return math.exp(A)", "scalar-math", "math.exp"),
    ("return float(one)", "scalar-one", "(1, 1)"),
    ("return float(A)", "scalar-many", "(4, 3)"),
    ("return int(A + 1)", "scalar", "int(A + 1)"),
    ("return len(l)", "no-length", "a whole number"),
    ("print(f'{A:.2f}')", "format", "an array"),
    ("return float(layers_dims)", "conversion", "a list"),
    ("return math.sqrt('a')", "conversion", "text"),
    # values
    ("return A + W", "broadcast-shapes", "(4, 3)"),
    ("return np.multiply(A, W)", "broadcast-shapes", "W"),
    ("return (A + 1) * (W + 1)", "broadcast", "(1, 4)"),
    ("A += np.ones((2, 4, 3))", "assigned-shape|broadcast-shapes|broadcast", "(4, 3)"),
    ("A[0] = np.ones(4)", "assigned-shape", "(4,)"),
    ("return A @ W", "product-shapes", "(1, 4)"),
    ("return np.dot(A, A)", "product-shapes", "A"),
    ("return np.dot(A + 1, A)", "product", "3"),
    ("return (A + 1) @ A", "product", "3"),
    ("return np.matmul(A, 2.0)", "product-number", "np.matmul"),
    ("return A.reshape(5, 2)", "reshape", "(5,2)"),
    ("if A > 0: pass", "truth", "A > 0"),
    ("A[0, 0] = [1, 2]", "sequence", ""),
    ("A[0, 0] = one", "sequence-one", "(1, 1)"),
    ("return np.array([[1, 2], [3]])", "ragged", "np.array"),
    ("return float('a')", "text-number", "'a'"),
    ("return int('a')", "text-number", "'a'"),
    ("return math.log(0)", "domain", "math.log"),
    ("return np.zeros((-1, 2))", "negative-size", "np.zeros"),
    ("return np.hstack((A, W))", "joined-shapes", ""),
    ("return np.max(A[:0])", "empty-array", "np.max"),
    ("return layers_dims.index(7)", "value", "layers_dims.index"),
    # others
    ("return divmod(1, 0)", "zero-division-plain", ""),
    ("return 1 / (l - 2)", "zero-division", "l - 2"),
    ("def g(): return g()\ng()", "recursion", "g"),
    ("import torch", "module-framework", "torch"),
    ("import no_such_module", "module", "no_such_module"),
    ("from math import no_such_name", "import-name", "no_such_name"),
    ("assert A.shape == (1, 1)", "assertion", "A.shape == (1, 1)"),
    ("return math.exp(1000)", "overflow", "math.exp(1000)"),
    ("return np.zeros((10**7, 10**7))", "memory", "np.zeros"),
    ("open('no_such_file')", "file", "no_such_file"),
    ("raise RuntimeError('so')", "raise", ""),
    ("return next(iter([]))", "other-line", "next(iter([]))"),
    ("from course_utils.layers import relu\nreturn relu('a')", "inside", "relu"),
]


@pytest.mark.parametrize(("lines", "kind", "named"), CALLS, ids=[case[0] for case in CALLS])
def test_the_kind_of_an_error_and_its_sentences(lines, kind, named):
    error = call_error(lines)
    assert re.fullmatch(kind, error.kind), f"{error} is {error.kind}"
    words = f"{error.found} {error.question}"
    assert named in words
    assert error.question.code == f"error.{error.kind}.question"
    assert "?" in f"{error.question}"


@pytest.mark.parametrize("lines", [case[0] for case in CALLS])
def test_every_error_has_the_line_that_raised_it(lines):
    error = call_error(lines)
    rows = lines.split("\n")
    assert error.line is not None
    assert error.line.text in [row.strip() for row in rows]
    assert rows[error.line.number - 4].strip() == error.line.text  # below def and two imports


@pytest.mark.parametrize(
    ("lines", "helper"),
    [
        ("g = lambda a: a\na, b = g(3)", "g"),
        ("g = lambda a: (a, a)\nA[0, 0] = g(x)", "g"),
        ("A[0, 0] = x, x", ""),
        ("return np.dot(A, A)", ""),
        ("return float(A)", ""),
    ],
)
def test_the_helper_that_the_line_calls(lines, helper):
    assert call_error(lines).helper == helper


CELLS = [
    ("def f(x)\n    return x", "syntax-colon", 1),
    ("if x:\n    pass\nelse if y:\n    pass", "syntax-else-if", 3),
    ("if a && b:\n    pass", "syntax-sign", 1),
    ("a = 1\nlambda = 0.1", "syntax-word", 2),
    ("a = (1,\nb = 2\n", "syntax-open", 1),
    ("a = [1, 2)", "syntax-pair", 1),
    ("a = 1\nb = 2)", "syntax-extra", 2),
    ("print 'a'", "syntax-print", 1),
    ("None = 1", "syntax-constant", 1),
    ("f(x) = 1", "syntax-assign", 1),
    ("if x = 3:\n    pass", "syntax-equal", 1),
    ("a = 'text", "syntax-text", 1),
    ("a = [1 2]", "syntax-comma", 1),
    ("for i in a:\nprint(i)", "syntax-block", 2),
    ("a = 1\n  b = 2", "syntax-indent", 2),
    ("if a:\n    b = 1\n  c = 2", "syntax-unindent", 3),
    ("if a:\n\tb = 1\n        c = 2", "syntax-tabs", 3),
    ("return 3", "syntax-return", 1),
    ("break", "syntax-loop", 1),
    ("a = 2 × 3", "syntax-character", 1),
    ("a =\u00a0b c\u00a0d", "syntax-character", 1),
    ("a = 2W", "syntax-number", 1),
    ("f(a=1, 2)", "syntax-order", 1),
    ("a = 1 +* 2", "syntax", 1),
]


@pytest.mark.parametrize(("cell", "kind", "number"), CELLS, ids=[case[0] for case in CELLS])
def test_the_kind_and_the_line_of_a_cell_that_python_cannot_read(cell, kind, number):
    error = cell_error(cell)
    assert error.kind == kind, error
    assert error.line == SourceLine(number, cell.split("\n")[number - 1].strip())
    assert f"{error.found}"
    assert "?" in f"{error.question}"


def test_every_sentence_on_errors_is_of_a_kind_that_some_code_raises():
    raised = "|".join(case[1] for case in [*CALLS, *CELLS]).split("|")
    elsewhere = ("signature-missing", "signature-unexpected", "signature-many", "other", "input")
    codes = [code.split(".") for code in known_codes() if code.startswith("error.")]
    assert {code[1] for code in codes if code[-1] == "question"} == {*raised, *elsewhere}
