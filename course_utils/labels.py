"""Words in pictures: in the language in use where a font for it is installed, else in English."""

import contextlib

import matplotlib.pyplot as plt
from matplotlib import font_manager

from course_utils.messages import DEFAULT_LANGUAGE, in_language, message

# Common fonts with Chinese, Japanese and Korean characters, which matplotlib's own fonts lack.
CJK_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "Arial Unicode MS",
)


def label(code, count=None, /, **values):
    """The words of a message, for a picture. Arguments as those of `message`."""
    return drawable(message(code, count, **values))


def drawable(text):
    """The words of a `Message` as the fonts can draw them; boxes would tell nobody anything."""
    words = str(text)
    if words.isascii():
        return words
    prepare_fonts()
    if can_draw(words, plt.rcParams["font.family"]):
        return words
    with in_language(DEFAULT_LANGUAGE):
        return str(text)


def prepare_fonts():
    """Let matplotlib take characters that its own fonts lack from an installed font.

    A picture keeps the fonts that it was made with, so this is done as early as can be. Where the
    language in use needs no other font, nothing changes.
    """
    sample = str(message("plot.iteration"))
    families = plt.rcParams["font.family"]
    if sample.isascii() or can_draw(sample, families):
        return
    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = (name for name in CJK_FONTS if name in installed and can_draw(sample, [name]))
    if font := next(found, None):
        plt.rcParams["font.family"] = [*families, font]


def can_draw(words, families):
    """Whether these fonts together have all characters of a text."""
    fonts = []
    for name in families:
        with contextlib.suppress(OSError):  # where students' code is graded, some are out of reach
            path = font_manager.findfont(font_manager.FontProperties(family=[name]))
            fonts.append(font_manager.get_font(path))
    return all(any(font.get_char_index(ord(letter)) for font in fonts) for letter in words)


prepare_fonts()
