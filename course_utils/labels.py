"""Words in pictures: in the language in use where a font for it is installed, else in English."""

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
    if words.isascii() or can_draw(words):
        return words
    with in_language(DEFAULT_LANGUAGE):
        return str(text)


def can_draw(words):
    """Whether the fonts in use have all characters of a text."""
    paths = [
        font_manager.findfont(font_manager.FontProperties(family=name))
        for name in plt.rcParams["font.family"]
    ]
    fonts = [font_manager.get_font(path) for path in paths]
    return all(any(font.get_char_index(ord(letter)) for font in fonts) for letter in words)


def _add_cjk_font():
    """Let matplotlib take characters that its own font lacks from an installed font.

    This is done when the module is imported: a picture keeps the fonts that it was made with.
    """
    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in CJK_FONTS if name in installed), None)
    if found and found not in plt.rcParams["font.family"]:
        plt.rcParams["font.family"] = [*plt.rcParams["font.family"], found]


_add_cjk_font()
