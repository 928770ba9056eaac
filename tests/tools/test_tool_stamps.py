"""Stamps tell done from undone."""

from tools.stamps import Stamps, digest, listing, tree


def test_texts_do_not_run_into_each_other():
    assert digest("ab", "c") != digest("a", "bc")


def test_a_files_content_counts(tmp_path):
    file = tmp_path / "a"
    file.write_text("1", "ascii")
    before = digest(file)

    file.write_text("2", "ascii")

    assert (before == digest("1"), digest(file) == digest("2")) == (True, True)


def test_a_stamp_lasts_until_it_is_dropped(tmp_path):
    stamps = Stamps(tmp_path)
    kept = stamps.read("packages")

    stamps.keep("packages", "run 1f")
    stamps.keep("own", "2e")
    kept_later = stamps.read("packages"), stamps.read("own")
    stamps.drop("packages", "never kept")

    assert (kept, kept_later) == ("", ("run 1f", "2e"))
    assert (stamps.read("packages"), stamps.read("own")) == ("", "2e")


def test_a_tree_leaves_named_folders_out_at_any_depth(tmp_path):
    for name in ("b.js", "a.css", "deep/c.js", "node_modules/x.js", "deep/node_modules/y.js"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    found = [
        path.relative_to(tmp_path).as_posix() for path in tree(tmp_path, skip=["node_modules"])
    ]

    assert found == ["a.css", "b.js", "deep/c.js"]


def test_a_listing_shows_names_and_sizes(tmp_path):
    (tmp_path / "staff.css").write_text("12345", "ascii")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.woff2").touch()

    assert listing(tmp_path) == "fonts/a.woff2 0\nstaff.css 5"


def test_a_folder_that_is_not_there_lists_nothing(tmp_path):
    assert listing(tmp_path / "gone") == ""
