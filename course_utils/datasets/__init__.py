"""The data sets of the course.

Every loader returns `train_X (n0, m), train_Y (1, m), test_X (n0, m_test), test_Y (1, m_test)`,
one example per column, labels 0 and 1, unless its docstring says otherwise.
"""

from course_utils.datasets.files import DataFileError
from course_utils.datasets.football import load_football
from course_utils.datasets.images import (
    ImageSet,
    load_digits,
    load_even_digits,
    load_image_set,
    load_images,
)
from course_utils.datasets.pictures import load_picture
from course_utils.datasets.points import load_circles, load_flower, load_moons, load_spirals
from course_utils.datasets.streets import KINDS as STREET_KINDS
from course_utils.datasets.streets import Street, load_street, load_streets
from course_utils.datasets.views import (
    PHOTO_CREDIT,
    DigitPictures,
    load_digit_pictures,
    load_photo,
)

__all__ = [
    "PHOTO_CREDIT",
    "STREET_KINDS",
    "DataFileError",
    "DigitPictures",
    "ImageSet",
    "Street",
    "load_circles",
    "load_digit_pictures",
    "load_digits",
    "load_even_digits",
    "load_flower",
    "load_football",
    "load_image_set",
    "load_images",
    "load_moons",
    "load_photo",
    "load_picture",
    "load_spirals",
    "load_street",
    "load_streets",
]
