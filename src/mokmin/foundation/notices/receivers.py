"""What people are told when something happens in the rooms below."""

from typing import Any

from django.dispatch import receiver

from mokmin.foundation.jobs import signals as jobs
from mokmin.foundation.jobs.kinds import TASKS
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import JobState
from mokmin.foundation.notices import actions, kinds
from mokmin.foundation.notices.actions import Message


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
