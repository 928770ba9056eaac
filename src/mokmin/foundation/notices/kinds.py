"""Kinds of notices: what a person is told of, and whether it goes into the daily letter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """What a notice is about; the page it leads to is found by the slug."""

    slug: str
    name: str
    in_digest: bool = True


HAND_OVER = NoticeKind("hand-over", "인계인수")
ORDER = NoticeKind("order", "인사발령")
REORGANISATION = NoticeKind("reorganisation", "조직개편")
JOB_DONE = NoticeKind("job-done", "작업 완료", in_digest=False)
JOB_FAILED = NoticeKind("job-failed", "작업 실패")
FILE_CHECK = NoticeKind("file-check", "파일 점검")

KINDS: dict[str, NoticeKind] = {
    kind.slug: kind for kind in (HAND_OVER, ORDER, REORGANISATION, JOB_DONE, JOB_FAILED, FILE_CHECK)
}
"""Every kind by its slug; rooms above add theirs by `declare`."""


def declare(kind: NoticeKind) -> NoticeKind:
    """Make a kind known; raises ValueError when two rooms mean different things by one slug."""
    if KINDS.setdefault(kind.slug, kind) != kind:
        raise ValueError(f"kind of notice {kind.slug!r} is declared twice")
    return kind


def label(slug: str) -> str:
    """Korean name; a kind that the product has no more reads as itself."""
    return KINDS[slug].name if slug in KINDS else slug


def choices() -> tuple[tuple[str, str], ...]:
    """Every kind with its name, ordered by the name."""
    pairs = ((kind.slug, kind.name) for kind in KINDS.values())
    return tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0])))


def of_digest() -> tuple[str, ...]:
    """Slugs of the kinds that go into the daily letter."""
    return tuple(kind.slug for kind in KINDS.values() if kind.in_digest)
