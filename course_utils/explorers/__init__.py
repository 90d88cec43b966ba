"""Pictures to explore: sliders in a notebook, a still picture with a sentence everywhere else."""

from course_utils.explorers.depth import explore_depth
from course_utils.explorers.dropout import explore_dropout
from course_utils.explorers.epsilon import explore_epsilon
from course_utils.explorers.filters import explore_filters
from course_utils.explorers.initialization import explore_initialization
from course_utils.explorers.layers import explore_layers
from course_utils.explorers.overlap import explore_overlap
from course_utils.explorers.pooling import explore_pooling
from course_utils.explorers.regularization import explore_regularization
from course_utils.explorers.slope import explore_slope
from course_utils.explorers.streets import explore_streets
from course_utils.explorers.suppression import explore_suppression
from course_utils.explorers.thresholds import explore_thresholds
from course_utils.explorers.valley import explore_valley
from course_utils.explorers.windows import explore_windows

__all__ = [
    "explore_depth",
    "explore_dropout",
    "explore_epsilon",
    "explore_filters",
    "explore_initialization",
    "explore_layers",
    "explore_overlap",
    "explore_pooling",
    "explore_regularization",
    "explore_slope",
    "explore_streets",
    "explore_suppression",
    "explore_thresholds",
    "explore_valley",
    "explore_windows",
]
