"""The prefork servers' start: what they keep of it for the next one."""

from grading.isolation.prefork_main import _copy_font_lists

LIST = "fontlist-v1.json"


def test_a_list_of_fonts_is_copied_where_there_is_none(tmp_path):
    own, other = tmp_path / "own", tmp_path / "other" / "matplotlib"
    _copy_font_lists(own, other)  # at the very first start there is none at all
    assert not other.exists()
    own.mkdir()
    (own / LIST).write_text("first")
    (own / "else.json").write_text("not ours")
    _copy_font_lists(own, other)
    (own / LIST).write_text("second")
    _copy_font_lists(own, other)
    assert {path.name: path.read_text() for path in other.iterdir()} == {LIST: "first"}


def test_a_home_that_cannot_hold_it_goes_without(tmp_path):
    (tmp_path / LIST).write_text("first")
    (tmp_path / "file").write_text("in the way")
    _copy_font_lists(tmp_path, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "in the way"
