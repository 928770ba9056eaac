"""What a worker does for pages of any surface."""

from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import QueryDict
from django.utils import timezone

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.files import actions as files
from mokmin.foundation.files.actions import NOBODY, PersonalContent, Upload
from mokmin.foundation.jobs.progress import Progress
from mokmin.foundation.jobs.registry import task
from mokmin.foundation.orgs import queries_people as orgs
from mokmin.foundation.people import queries_people as people
from mokmin.foundation.tenancy.keyset import Gone, Window
from mokmin.lib.errors import Denied
from mokmin.lib.korean import in_seoul
from mokmin.surfaces.kit.lists import asked
from mokmin.surfaces.kit.lists.declared import LISTINGS, Ask
from mokmin.surfaces.kit.lists.files import EXPORT, Wanted

TRIES = 3
"""How often a file is begun whose list changes under the reading."""

NOBODY_ASKS = "요청한 사람의 계정이 닫혀 있어 파일을 만들지 않았습니다."
NO_LIST = "이 목록은 더 이상 없습니다. 화면을 새로 열어 다시 요청해 주세요."


@task(name=EXPORT, title="목록 내려받기", announces=True)
def export(
    handle: Progress, *, route: str, query: str, file_format: str, has_all: bool, reason: str
) -> None:
    """Write a list into a file that only who asked may have; from the beginning at each attempt.

    What the person may see is judged now, not when it was asked for.
    """
    with handle.transaction(read_only=True):
        wanted = _wanted(handle, route, query, file_format=file_format, has_all=has_all)
    with TemporaryFile() as stream:
        _write(handle, wanted, stream)
        stream.seek(0)
        personal = NOBODY
        if wanted.is_personal:
            whose = tuple(wanted.subjects)
            personal = PersonalContent(wanted.listing.said_name, subjects=whose, reason=reason)
        with handle.transaction():
            made = files.keep_for(
                handle.asked_by_id or 0,
                Upload(wanted.name, stream),
                actor=wanted.ask.actor,
                at=timezone.now(),
                personal=personal,
            )
            handle.finish({"file": made.uid, "sentence": "파일을 만들었습니다."})


def _write(handle: Progress, wanted: Wanted, stream: IO[bytes]) -> None:
    """The file; anew when the row at which it was to go on went meanwhile. Raises Gone."""
    for _ in range(TRIES - 1):
        try:
            return wanted.write(stream, _in_steps(handle, wanted))
        except Gone:
            stream.seek(0)
            stream.truncate()
            wanted.subjects.clear()
    return wanted.write(stream, _in_steps(handle, wanted))


def _wanted(handle: Progress, route: str, query: str, *, file_format: str, has_all: bool) -> Wanted:
    """The list as this person sees it now. Raises Denied."""
    listing, actor = LISTINGS.get(route), _actor(handle)
    if listing is None:
        raise Denied(NO_LIST)
    if why := listing.open_to(actor):
        raise Denied(why)
    state = asked.read(listing, QueryDict(query), actor)
    window = Window(state.sort)
    ask = Ask(actor, access.settings(), handle.asked_at, state.conditions, window)
    return Wanted(listing, state, ask, file_format, has_all)


def _actor(handle: Progress) -> Actor:
    account = people.account_of(handle.asked_by_id or 0)
    today = in_seoul(timezone.now()).date()
    actor = orgs.actor_of(account, on=today) if account else None
    if actor is None:
        raise Denied(NOBODY_ASKS)
    return actor


def _in_steps(handle: Progress, wanted: Wanted) -> Iterator[Sequence[Any]]:
    """The batches, each read in a transaction of its own; between them it can be cancelled."""
    count, batches = 0, wanted.batches()
    while True:
        with handle.transaction(read_only=True):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch
        count += len(batch)
        handle.step(0, 0, f"{count:,}{wanted.listing.unit}까지 담았습니다.")
