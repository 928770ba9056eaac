"""Plans that are looked at before they are registered: their problems, and what was looked at."""

import hashlib
from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.sheets import EntryResult, OrderOutcome
from mokmin.surfaces.console.organisation.posts import person_url
from mokmin.surfaces.kit.rows import Column, link, number, text, tr
from mokmin.surfaces.kit.tones import status

CONFIRM = "confirm"
"""Name of the button that registers what was looked at."""

RESULT_COLUMNS = (
    Column("줄", "number"),
    Column("성명", names_row=True),
    Column("구분", "status"),
    Column("이전 자리"),
    Column("새 자리"),
    Column("알아 둘 것"),
)


def as_fields(problems: Iterable[PlanProblem]) -> dict[str, str]:
    """Problems by the field that they belong to, several on one joined."""
    found: dict[str, str] = {}
    for problem in problems:
        found[problem.key] = f"{found.get(problem.key, '')} {problem.sentence}".strip()
    return found


def mark_of(plan: object) -> str:
    """The plan as it was looked at: one that was changed since is looked at again."""
    return hashlib.sha256(repr(plan).encode()).hexdigest()[:16]


def results(outcome: OrderOutcome, numbers: Iterable[int] = ()) -> list[SafeString]:
    """What each row does, under the number that its reader knows it by."""
    shown = dict(enumerate(numbers, start=1))
    return [_result(each, shown.get(each.row, each.row)) for each in outcome.results]


def _result(result: EntryResult, shown: int) -> SafeString:
    return tr(
        RESULT_COLUMNS,
        (
            number(shown),
            link(result.name, person_url(result.person)),
            status("info", result.verb.label),
            text(result.before),
            text(result.after),
            _notes(result.notes),
        ),
    )


def _notes(notes: tuple[str, ...]) -> SafeString:
    return format_html_join(" ", '<span class="mk-sub">{}</span>', ((note,) for note in notes))


def subjects(outcome: OrderOutcome) -> tuple[str, ...]:
    """Whom the order is about, for the access log."""
    return tuple(dict.fromkeys(result.person for result in outcome.results))


def named(outcome: OrderOutcome) -> tuple[str, ...]:
    """Whom a page of the plan names, in its sentences as well."""
    return tuple(sorted(outcome.named))


def tiles(outcome: OrderOutcome) -> Iterator[tuple[str, int, str, str]]:
    """Label, figure, unit and tone: how many move, and what is left empty."""
    people = {result.person for result in outcome.results}
    yield "발령하는 사람", len(people), "명", ""
    yield "새 자리로 가는 사람", len({r.person for r in outcome.results if r.to_post}), "명", ""
    yield "알아 둘 것", len(outcome.notes), "건", "late" if outcome.notes else ""


def problem_list(sentences: Iterable[str]) -> SafeString:
    """Several sentences below each other."""
    lines = format_html_join("", "<li>{}</li>", ((each,) for each in sentences))
    return format_html('<ul class="mk-problems">{}</ul>', lines)
