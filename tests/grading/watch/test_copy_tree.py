"""A hand-in is copied without its links, and takes the place of the former one at once."""

import os

import pytest

from grading.watch import copy_tree as copying
from grading.watch.arrival import Gone, TooLarge
from grading.watch.copy_tree import copy_tree, read_regular, replace_folder


@pytest.fixture
def hand_in(tmp_path):
    folder = tmp_path / "hand_in"
    (folder / "data").mkdir(parents=True)
    (folder / "a.ipynb").write_text("work")
    (folder / "data" / "b.csv").write_text("1")
    return folder


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def copied(hand_in, tmp_path):
    (tmp_path / "copy").mkdir()
    copy_tree(hand_in, tmp_path / "copy")
    return contents(tmp_path / "copy")


def test_files_and_folders_are_copied(hand_in, tmp_path):
    assert copied(hand_in, tmp_path) == {"a.ipynb": "work", "data/b.csv": "1"}


@pytest.mark.parametrize("kind", ["link", "link to a folder", "hard link", "pipe"])
def test_what_lies_elsewhere_is_not_copied(hand_in, tmp_path, kind):
    (tmp_path / "secret").mkdir()
    secret = tmp_path / "secret" / "solutions"
    secret.write_text("secret")
    if kind == "hard link":
        os.link(secret, hand_in / "x")
    elif kind == "pipe":
        os.mkfifo(hand_in / "x")
    else:
        (hand_in / "x").symlink_to(secret if kind == "link" else secret.parent)
    assert copied(hand_in, tmp_path) == {"a.ipynb": "work", "data/b.csv": "1"}


def test_a_folder_that_is_a_link_or_gone_is_no_hand_in(hand_in, tmp_path):
    (tmp_path / "link").symlink_to(hand_in)
    for name in ("link", "absent", "hand_in/a.ipynb"):
        with pytest.raises(Gone):
            copy_tree(tmp_path / name, tmp_path)


def test_a_place_that_cannot_be_reached_is_another_matter(tmp_path):
    with pytest.raises(FileNotFoundError):
        copy_tree(tmp_path / "absent" / "hand_in", tmp_path)


def test_what_is_too_large_is_not_copied(hand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(copying, "MOST_BYTES", 4)
    with pytest.raises(TooLarge):
        copied(hand_in, tmp_path)
    assert read_regular(hand_in / "a.ipynb", 4) == b"work"
    with pytest.raises(TooLarge):
        read_regular(hand_in / "a.ipynb", 3)


def test_the_new_folder_replaces_the_old_one(tmp_path):
    target = tmp_path / "submitted" / "student1" / "initialization"
    replace_folder(target, lambda folder: (folder / "old").write_text("1"))
    replace_folder(target, lambda folder: (folder / "new").write_text("2"))
    assert contents(target) == {"new": "2"}
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_failed_copy_leaves_the_old_folder(tmp_path):
    target = tmp_path / "student1" / "initialization"
    replace_folder(target, lambda folder: (folder / "old").write_text("1"))

    def fail(folder):
        (folder / "new").write_text("2")
        raise TooLarge

    with pytest.raises(TooLarge):
        replace_folder(target, fail)
    assert contents(target) == {"old": "1"}
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_what_an_earlier_run_had_put_aside_comes_back(tmp_path):
    target = tmp_path / "student1" / "initialization"
    replace_folder(target, lambda folder: (folder / "old").write_text("1"))
    target.rename(target.with_name(".initialization.old"))  # killed between the two renames
    with pytest.raises(TooLarge):
        replace_folder(target, lambda folder: (_ for _ in ()).throw(TooLarge))
    assert contents(target) == {"old": "1"}
