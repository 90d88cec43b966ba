"""The public examples of the assignment on deep networks."""

import numpy as np

from course_utils.assignments.deep_network.example_parts import (
    LAYER,
    LAYER_BACK,
    LINEAR,
    LINEAR_BACK,
    PARTS,
    backward_case,
    cost_case,
    layer_back_case,
    layer_case,
    learned_parameters,
    linear_back_case,
    linear_case,
    model_case,
    names_of_forward_pass,
    network_case,
    step_case,
    weight_gradients,
)
from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
    public_tolerance,
)
from course_utils.explain import Signature

LINEAR_CACHE = ("A in the cache", "W in the cache", "b in the cache")
LAYER_CACHE = ("A_prev in the cache", *LINEAR_CACHE[1:], "Z in the cache")
GRADIENTS = ("dA_prev", "dW", "db")


EXERCISES = {
    "initialize_parameters_deep": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("layer_dims",), sizes_argument="layer_dims"),
        example=PublicExample(lambda: [[5, 4, 3]]),
        result=ExpectedResult(
            values=lambda: {
                "W1": np.array(
                    [
                        [0.01788628, 0.0043651, 0.00096497, -0.01863493, -0.00277388],
                        [-0.00354759, -0.00082741, -0.00627001, -0.00043818, -0.00477218],
                        [-0.01313865, 0.00884622, 0.00881318, 0.01709573, 0.00050034],
                        [-0.00404677, -0.0054536, -0.01546477, 0.00982367, -0.01101068],
                    ]
                ),
                "b1": np.zeros((4, 1)),
                "W2": np.array(
                    [
                        [-0.01185047, -0.0020565, 0.01486148, 0.00236716],
                        [-0.01023785, -0.00712993, 0.00625245, -0.00160513],
                        [-0.00768836, -0.00230031, 0.00745056, 0.01976111],
                    ]
                ),
                "b2": np.zeros((3, 1)),
            }
        ),
        hint_example="scale",
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [[3, 6, 5, 2]]),
                PublicExample(lambda: [[4, 2]]),
            )
        ),
    ),
    "linear_forward": ExerciseSpec(
        points=8,
        signature=Signature(
            argument_names=("A", "W", "b"),
            component_names=("Z", *LINEAR_CACHE),
            batch_arguments=("A",),
        ),
        example=PublicExample(linear_case),
        result=ExpectedResult(
            values=lambda: (
                np.array(
                    [
                        [-2.77991749, -2.82513147],
                        [-0.11407702, -0.01812665],
                        [2.13860272, 1.40818979],
                    ]
                ),
                tuple(linear_case()),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: linear_case(3, 3, 3, 2)),
                PublicExample(lambda: linear_case(2, 5, 6, 3)),
            )
        ),
    ),
    "linear_activation_forward": ExerciseSpec(
        points=10,
        signature=Signature(
            argument_names=("A_prev", "W", "b", "activation"),
            component_names=("A", *LAYER_CACHE),
            batch_arguments=("A_prev",),
        ),
        example=PublicExample(lambda: layer_case("sigmoid", 3, 4, 2, 2), stubs=LINEAR),
        result=ExpectedResult(
            values=lambda: (
                np.array(
                    [
                        [0.97340554, 0.12694466],
                        [0.00738362, 0.2759274],
                        [0.62853144, 0.04039187],
                        [0.12191681, 0.24171068],
                    ]
                ),
                (
                    tuple(linear_case(3, 4, 2, 2)),
                    np.array(
                        [
                            [3.60009798, -1.92824769],
                            [-4.90108009, -0.96475386],
                            [0.52592184, -3.16789658],
                            [-1.97440244, -1.14332353],
                        ]
                    ),
                ),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: layer_case("relu", 3, 4, 2, 2), stubs=LINEAR, checked=True),
                PublicExample(lambda: layer_case("relu", 3, 3, 3, 3), stubs=LINEAR),
            )
        ),
    ),
    "L_model_forward": ExerciseSpec(
        points=14,
        signature=Signature(
            argument_names=("X", "parameters"),
            component_names=names_of_forward_pass,
            batch_arguments=("X",),
        ),
        example=PublicExample(network_case, stubs=LAYER),
        result=ExpectedResult(
            values=lambda: (
                np.array([[0.6634832, 0.8318014, 0.43636294, 0.46748901, 0.67475282]]),
                _public_caches(),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: network_case((3, 5, 4, 2, 1), 6, 2), stubs=LAYER),
                PublicExample(lambda: network_case((3, 1), 4, 3), stubs=LAYER),
                PublicExample(lambda: network_case((3, 3, 3, 3), 3, 4), stubs=LAYER),
            )
        ),
    ),
    "compute_cost": ExerciseSpec(
        points=10,
        signature=Signature(argument_names=("AL", "Y"), batch_arguments=("AL", "Y")),
        example=PublicExample(lambda: [np.array([[0.8, 0.9, 0.4]]), np.array([[1, 1, 0]])]),
        result=ExpectedResult(values=lambda: 0.2797765635793423),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(cost_case),
                PublicExample(lambda: cost_case(1, 4)),
                PublicExample(lambda: [np.array([[0.3]]), np.array([[0]])]),
            )
        ),
    ),
    "linear_backward": ExerciseSpec(
        points=12,
        signature=Signature(
            argument_names=("dZ", "cache"),
            component_names=GRADIENTS,
            cache_names=("A_prev", "W", "b"),
            batch_arguments=("dZ",),
        ),
        example=PublicExample(linear_back_case),
        result=ExpectedResult(
            values=lambda: (
                np.array(
                    [
                        [-1.15171336, 0.06718465, -0.3204696, 2.09812712],
                        [0.60345879, -3.72508701, 5.81700741, -3.84326836],
                        [-0.4319552, -1.30987417, 1.72354705, 0.05070578],
                        [-0.38981415, 0.60811244, -1.25938424, 1.47191593],
                        [-2.52214926, 2.67882552, -0.67947465, 1.48119548],
                    ]
                ),
                np.array(
                    [
                        [0.07313866, -0.0976715, -0.87585828, 0.73763362, 0.00785716],
                        [0.85508818, 0.37530413, -0.59912655, 0.71278189, -0.58931808],
                        [0.97913304, -0.24376494, -0.08839671, 0.55151192, -0.10290907],
                    ]
                ),
                np.array([[-0.14713786], [-0.11313155], [-0.13209101]]),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: linear_back_case(3, 3, 3)),
                PublicExample(lambda: linear_back_case(2, 4, 7)),
                PublicExample(lambda: linear_back_case(4, 1, 3)),
            )
        ),
    ),
    "linear_activation_backward": ExerciseSpec(
        points=10,
        signature=Signature(
            argument_names=("dA", "cache", "activation"),
            component_names=GRADIENTS,
            batch_arguments=("dA",),
        ),
        example=PublicExample(lambda: layer_back_case("sigmoid", 3, 4, 2, 2), stubs=LINEAR_BACK),
        result=ExpectedResult(
            values=lambda: (
                np.array(
                    [[-0.04068173, -0.16631382], [0.47188111, 0.22932419], [-0.1869379, 0.47200648]]
                ),
                np.array(
                    [
                        [0.00242358, 0.00640898, 0.01229899],
                        [-0.0059572, 0.28549088, -0.12388603],
                        [0.08817255, 0.4204874, 0.38921492],
                        [-0.00479678, -0.24469259, 0.04778735],
                    ]
                ),
                np.array([[-0.00851236], [0.15602786], [-0.22567859], [-0.08720482]]),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(
                    lambda: layer_back_case("relu", 3, 4, 2, 2), stubs=LINEAR_BACK, checked=True
                ),
                PublicExample(lambda: layer_back_case("relu", 3, 3, 3, 3), stubs=LINEAR_BACK),
            )
        ),
    ),
    "L_model_backward": ExerciseSpec(
        points=14,
        signature=Signature(argument_names=("AL", "Y", "caches"), batch_arguments=("AL", "Y")),
        example=PublicExample(backward_case, stubs=LAYER_BACK),
        result=ExpectedResult(
            values=lambda: {
                "dW1": np.array(
                    [
                        [-0.1674083, 0.63144325, 0.31967558, 0.04227986],
                        [-0.31032861, 0.12876512, -0.13913228, -0.08228257],
                        [0.18982193, -0.3349839, -0.10993099, -0.00042351],
                    ]
                ),
                "db1": np.array([[-0.28779522], [0.17480998], [0.10648604]]),
                "dW2": np.array(
                    [[-0.34163078, -0.03361035, -0.37856423], [0.05035492, -0.00186798, 0.99910646]]
                ),
                "db2": np.array([[-0.04786393], [0.05136924]]),
                "dW3": np.array([[-0.12474301, 0.37741007]]),
                "db3": np.array([[0.01477787]]),
            },
            tolerance=public_tolerance(extra_keys=True),
            graded_part=weight_gradients,
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: backward_case((3, 5, 4, 2, 1), 6, 2), stubs=LAYER_BACK),
                PublicExample(lambda: backward_case((3, 1), 4, 3), stubs=LAYER_BACK),
                PublicExample(lambda: backward_case((3, 3, 3, 1), 3, 4), stubs=LAYER_BACK),
            )
        ),
    ),
    "update_parameters": ExerciseSpec(
        points=6,
        signature=Signature(argument_names=("parameters", "grads", "learning_rate")),
        example=PublicExample(step_case),
        result=ExpectedResult(
            values=lambda: {
                "W1": np.array(
                    [
                        [-0.59562069, -0.09991781, -2.14584584, 1.82662008],
                        [-1.76569676, -0.80627147, 0.51115557, -1.18258802],
                        [-1.0535704, -0.86128581, 0.68284052, 2.20374577],
                    ]
                ),
                "b1": np.array([[-0.04659241], [-1.28888275], [0.53405496]]),
                "W2": np.array([[-0.55569196, 0.0354055, 1.32964895]]),
                "b2": np.array([[-0.84610769]]),
            }
        ),
        may_change_arguments=True,
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: step_case((2, 5, 3, 1), 0.7)),
                PublicExample(lambda: step_case((3, 1), 2.5)),
            )
        ),
    ),
    "L_layer_model": ExerciseSpec(
        points=8,
        signature=Signature(
            argument_names=(
                "X",
                "Y",
                "layers_dims",
                "learning_rate",
                "num_iterations",
                "print_cost",
            ),
            defaults={"learning_rate": 0.0075, "num_iterations": 3000, "print_cost": False},
            batch_arguments=("X", "Y"),
            sizes_argument="layers_dims",
        ),
        example=PublicExample(model_case, stubs=PARTS),
        result=ExpectedResult(
            # The other weights hardly move in three steps.
            values=lambda: {
                "b1": np.array(
                    [
                        [-0.0008612283047782898],
                        [0.0006081876887410467],
                        [3.530753772863021e-05],
                        [0.00022129187653785633],
                        [-0.00011359142854745867],
                    ]
                ),
                "b2": np.array(
                    [
                        [1.1881154951877138e-06],
                        [-0.0004255101943647859],
                        [0.0006561784549239122],
                        [-0.00014233548242765793],
                        [-0.0002936186264710567],
                        [-0.00017557315700955257],
                    ]
                ),
                "W3": np.array(
                    [
                        [
                            -0.09087434311464848,
                            -0.07882981515359419,
                            0.0782160870335036,
                            0.16442825563782312,
                            0.07832289913152972,
                            0.046482163585006786,
                        ]
                    ]
                ),
                "b3": np.array([[0.005258646442877271]]),
            },
            tolerance=public_tolerance(extra_keys=True),
            graded_part=learned_parameters,
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: model_case((4, 3, 1), 6, 0.5, 3), stubs=PARTS),
                PublicExample(lambda: model_case((3, 1), 5, 1.5, 102), stubs=PARTS),
            )
        ),
    ),
}


def _public_caches():
    """Of the example of L_model_forward: one ((A, W, b), Z) for each layer."""
    X, parameters = network_case()
    layers = [(parameters[f"W{number}"], parameters[f"b{number}"]) for number in (1, 2, 3)]
    sums = PUBLIC_SUMS
    signals = [X, *(np.maximum(Z, 0) for Z in sums[:-1])]
    return [((A, W, b), Z) for A, (W, b), Z in zip(signals, layers, sums)]


# Z1, Z2 and Z3 of the example of L_model_forward
PUBLIC_SUMS = (
    np.array(
        [
            [-0.44934118, 0.3160241, -3.78715738, -1.4659126, 4.26335982],
            [3.07034191, -2.64232675, 0.01730101, 1.91833504, -0.19201912],
            [-1.83645414, 7.03479384, 1.12818457, -1.62435063, 4.72426849],
        ]
    ),
    np.array(
        [
            [1.56082243, -7.32679127, -1.40679052, 0.90402466, 1.60214656],
            [-3.81610622, 2.96755686, 1.03145733, -2.14722211, -1.80517121],
        ]
    ),
    np.array([[0.67885544, 1.59844828, -0.2559362, -0.13022769, 0.729761]]),
)
