"""What people are told when something happens in the rooms below."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from mokmin.foundation.access.states import Role
from mokmin.foundation.files import signals as files
from mokmin.foundation.jobs import signals as jobs
from mokmin.foundation.jobs.kinds import TASKS
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import JobState
from mokmin.foundation.notices import actions, kinds
from mokmin.foundation.notices.actions import Message
from mokmin.foundation.orgs import signals as orgs
from mokmin.foundation.orgs.models import Assignment, HandOver, PersonnelOrder, Reorganisation
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.people.models import Grant, Person
from mokmin.lib.korean import date_text, josa, quoted


@receiver(jobs.job_ended, dispatch_uid="notices.job_ended")
def tell_of_job(*, uid: str, asked_by_id: int, **_signal: Any) -> None:
    """Whoever asked learns that a job has failed, or that what they wait for is done."""
    job = Job.objects.get(uid=uid)
    task = TASKS.get(job.task)
    if job.ended_at is None:
        return
    if job.state == JobState.FAILED:
        message = Message(f"‘{job.title}’ 작업을 마치지 못했습니다.", job.error, about=uid)
        actions.notify(kinds.JOB_FAILED, message, people=[asked_by_id], at=job.ended_at)
    elif job.state == JobState.DONE and task is not None and task.announces:
        said = job.result.get("sentence", "") if isinstance(job.result, dict) else ""
        message = Message(f"‘{job.title}’ 작업을 마쳤습니다.", said, about=uid)
        actions.notify(kinds.JOB_DONE, message, people=[asked_by_id], at=job.ended_at)


@receiver(orgs.hand_overs_changed, dispatch_uid="notices.hand_overs_changed")
def tell_of_hand_overs(*, hand_overs: Collection[HandOver], at: datetime, **_signal: Any) -> None:
    """Whoever takes over learns by when to confirm; whoever did, or was to, is asked no more."""
    actions.withdraw_unread(kinds.HAND_OVER, about=[sheet.uid for sheet in hand_overs])
    leavers = Person.objects.in_bulk({sheet.leaver_id for sheet in hand_overs})
    messages: dict[int, list[Message]] = defaultdict(list)
    for sheet in hand_overs:
        if sheet.successor_id is not None and sheet.acknowledged_at is None:
            messages[sheet.successor_id].append(_of_hand_over(sheet, leavers[sheet.leaver_id]))
    for turn in zip_longest(*messages.values()):
        told = {who: said for who, said in zip(messages, turn, strict=True) if said is not None}
        actions.notify_each(kinds.HAND_OVER, told, at=at)


def _of_hand_over(sheet: HandOver, leaver: Person) -> Message:
    return Message(
        f"인계인수서를 {date_text(sheet.due_on, with_weekday=True)}까지 확인해 주세요.",
        f"{leaver.name}님이 {date_text(sheet.on)}에 넘기는 자리의 일입니다.",
        about=sheet.uid,
    )


@receiver(orgs.order_registered, dispatch_uid="notices.order_registered")
def tell_of_order(*, order: PersonnelOrder, at: datetime, **_signal: Any) -> None:
    """Everybody in an order learns of it."""
    _tell_everybody_in(order, "인사발령이 등록되었습니다.", at=at)


@receiver(orgs.order_undone, dispatch_uid="notices.order_undone")
def tell_of_undone_order(*, order: PersonnelOrder, at: datetime, **_signal: Any) -> None:
    """Everybody in an order that was taken back learns that it does not come."""
    _tell_everybody_in(order, "인사발령이 취소되었습니다.", at=at)
    _forget_hand_overs()


def _forget_hand_overs() -> None:
    """Sheets go with what made them."""
    actions.withdraw(kinds.HAND_OVER, still=HandOver.objects.values_list("uid", flat=True))


def _tell_everybody_in(order: PersonnelOrder, title: str, *, at: datetime) -> None:
    verbs: dict[int, list[str]] = defaultdict(list)
    for person_id, verb in order.lines.order_by("position").values_list("person_id", "verb"):
        verbs[person_id].append(OrderVerb(verb).label)
    messages = {
        person_id: Message(
            title,
            f"{date_text(order.on)} {'·'.join(labels)}: {order.title}",
            about=order.uid,
        )
        for person_id, labels in verbs.items()
    }
    actions.notify_each(kinds.ORDER, messages, at=at)


@receiver(orgs.reorganised, dispatch_uid="notices.reorganised")
def tell_of_reorganisation(
    *, reorganisation: Reorganisation, units: Collection[int], at: datetime, **_signal: Any
) -> None:
    """Whoever works in a unit that changes learns from when."""
    said = f"{date_text(reorganisation.on)}에 내가 일하는 부서가 바뀝니다."
    _tell_units(reorganisation, units, "등록되었습니다.", said, at=at)


@receiver(orgs.reorganisation_undone, dispatch_uid="notices.reorganisation_undone")
def tell_of_undone_reorganisation(
    *, reorganisation: Reorganisation, units: Collection[int], at: datetime, **_signal: Any
) -> None:
    """They learn as well that it does not come."""
    said = "내가 일하는 부서는 그대로입니다."
    _tell_units(reorganisation, units, "취소되었습니다.", said, at=at)
    _forget_hand_overs()


def _tell_units(
    reorganisation: Reorganisation, units: Collection[int], what: str, said: str, *, at: datetime
) -> None:
    title = f"조직개편 {josa(quoted(reorganisation.title), '이/가')} {what}"
    message = Message(title, said, about=reorganisation.uid)
    people = _people_in(units, on=reorganisation.on)
    actions.notify(kinds.REORGANISATION, message, people=people, at=at)


def _people_in(units: Collection[int], *, on: date) -> list[int]:
    """Who holds a post that stands in any of these units on that day, or stood there before."""
    held = Assignment.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        Q(post__spans__until_on__isnull=True) | Q(post__spans__until_on__gte=on),
        from_on__lte=on,
        post__spans__unit__in=units,
        post__spans__from_on__lte=on,
    )
    return list(held.values_list("person_id", flat=True).distinct())


@receiver(files.integrity_checked, dispatch_uid="notices.integrity_checked")
def tell_of_files(
    *, report: str, problems: int, is_news: bool, at: datetime, **_signal: Any
) -> None:
    """Administrators learn of files that are not what they were, once for as long as it lasts."""
    if not problems or not is_news:
        return
    message = Message(
        f"파일 점검에서 문제 {problems:,}건을 찾았습니다.",
        "없어졌거나 내용이 달라진 파일이 있습니다. 점검 결과를 보고 복원해 주세요.",
        about=report,
    )
    held = Grant.objects.filter(role=Role.ADMINISTRATOR, revoked_at__isnull=True)
    people = list(held.values_list("person_id", flat=True))
    actions.notify(kinds.FILE_CHECK, message, people=people, at=at)
