"""The manifest of a backup, and what it calls different."""

from dataclasses import replace

import pytest

from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli.backups import manifest, take
from mokmin.surfaces.cli.backups.contents import Contents

HELD = Contents(
    server="18.4",
    migrations=("people.0001_initial",),
    tenants={"1": "garam", "2": "narae"},
    tables={"people_person": {"1": 3, "2": 2}, "django_session": {"": 1}},
    heads={"1": (7, "aa"), "2": (3, "bb")},
)


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    dump = tmp_path / "mokmin.dump"
    dump.write_bytes(b"dump")
    written = manifest.of(dump, HELD, made_at="2026-07-01T09:00:00+09:00")

    manifest.write(written, manifest.beside(dump))

    assert manifest.read(manifest.beside(dump)) == written
    assert manifest.beside(dump).stat().st_mode & 0o777 == 0o600


def test_the_same_contents_have_no_difference():
    assert list(manifest.differences(HELD, HELD)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"tenants": {"1": "garam"}}, "자치단체가 다릅니다: garam, narae → garam."),
        ({"migrations": ()}, "마이그레이션이 다릅니다: people.0001_initial."),
        (
            {"tables": {**HELD.tables, "people_person": {"1": 3, "2": 3}}},
            "people_person: 5행 → 6행.",
        ),
        (
            {"tables": {**HELD.tables, "people_person": {"1": 2, "2": 3}}},
            "people_person: 5행 → 5행. 자치단체마다 다릅니다.",
        ),
        ({"heads": {**HELD.heads, "2": (4, "cc")}}, "narae의 변경 이력 끝이 다릅니다."),
    ],
)
def test_each_difference_is_one_sentence(change, sentence):
    assert list(manifest.differences(HELD, replace(HELD, **change))) == [sentence]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "백업의 목록"),
        ("{", "백업의 목록"),
        ('{"format": 99, "product": "9.0"}', "더 새로운 판(9.0)이 만들었습니다."),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(tmp_path, text, reason):
    path = tmp_path / "mokmin.dump.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(Refusal, match=reason.replace("(", r"\(").replace(")", r"\)")):
        manifest.read(path)


def test_only_the_newest_backups_of_ours_are_kept(tmp_path):
    names = [f"mokmin-2026070{day}-030000.dump" for day in (1, 2, 3)]
    for name in (*names, "mokmin-before-move.dump"):
        (tmp_path / name).touch()
        manifest.beside(tmp_path / name).touch()

    assert take.keep(tmp_path, 2) == 1
    assert sorted(path.name for path in tmp_path.glob("*.dump")) == [
        names[1],
        names[2],
        "mokmin-before-move.dump",
    ]
