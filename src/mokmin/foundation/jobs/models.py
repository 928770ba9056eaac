"""The table of jobs."""

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from mokmin.foundation.jobs.states import FINAL, OPEN, JobState
from mokmin.foundation.tenancy.models import TenantModel
from mokmin.lib.uid import new_uid

RESULT_BYTES = 8192
"""A result is a handful of figures or the uid of a file, never the file."""

MESSAGE_LENGTH = 200


class Job(TenantModel):
    """A job (작업): one thing that somebody asked to be done in the background."""

    trailed = None

    uid = models.CharField("식별자", max_length=10, default=new_uid, editable=False)
    task = models.CharField("작업 종류", max_length=80)
    title = models.CharField("제목", max_length=120)
    arguments = models.JSONField("값", default=dict)
    state = models.CharField(
        "상태", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    done_steps = models.PositiveIntegerField("마친 단계", default=0)
    total_steps = models.PositiveIntegerField("전체 단계", default=0)
    message = models.CharField("진행 상황", max_length=MESSAGE_LENGTH, blank=True)
    result = models.JSONField("결과", null=True)
    error = models.TextField("실패한 까닭", blank=True)
    asked_by_id = models.BigIntegerField("요청한 사람 번호", null=True)
    asked_by_name = models.CharField("요청한 사람", max_length=60)
    procrastinate_job_id = models.BigIntegerField("대기열 번호")
    attempts = models.PositiveSmallIntegerField("시도한 횟수", default=0)
    asked_at = models.DateTimeField("요청한 때")
    started_at = models.DateTimeField("시작한 때", null=True)
    ended_at = models.DateTimeField("끝난 때", null=True)
    cancel_asked_at = models.DateTimeField("취소를 요청한 때", null=True)

    class Meta:
        verbose_name = "작업"
        indexes = (
            models.Index(name="jobs_job_newest", fields=("tenant", "id")),
            models.Index(name="jobs_job_by_asker", fields=("tenant", "asked_by_id", "id")),
            models.Index(
                name="jobs_job_open", fields=("tenant", "id"), condition=Q(state__in=OPEN)
            ),
        )
        constraints = (
            models.UniqueConstraint(name="jobs_job_uid", fields=("tenant", "uid")),
            models.UniqueConstraint(
                name="jobs_job_one_place_in_queue", fields=("tenant", "procrastinate_job_id")
            ),
            models.CheckConstraint(name="jobs_job_title_given", condition=~Q(title="")),
            models.CheckConstraint(
                name="jobs_job_done_within_total",
                condition=Q(done_steps__lte=F("total_steps")),
            ),
            models.CheckConstraint(
                name="jobs_job_ended_iff_final",
                condition=Q(state__in=FINAL, ended_at__isnull=False)
                | Q(state__in=OPEN, ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="jobs_job_running_has_started",
                condition=~Q(state=JobState.RUNNING) | Q(started_at__isnull=False, attempts__gt=0),
            ),
            models.CheckConstraint(
                name="jobs_job_ends_after_start", condition=Q(ended_at__gte=F("started_at"))
            ),
            models.CheckConstraint(
                name="jobs_job_error_iff_failed",
                condition=Q(state=JobState.FAILED) & ~Q(error="")
                | ~Q(state=JobState.FAILED) & Q(error=""),
            ),
            models.CheckConstraint(
                name="jobs_job_result_only_when_done",
                condition=Q(state=JobState.DONE) | Q(result__isnull=True),
            ),
            models.CheckConstraint(
                name="jobs_job_small_result",
                condition=LessThanOrEqual(
                    Func(
                        Cast("result", models.TextField()),
                        function="octet_length",
                        output_field=models.IntegerField(),
                    ),
                    RESULT_BYTES,
                ),
            ),
            models.CheckConstraint(
                name="jobs_job_cancelled_because_asked",
                condition=~Q(state=JobState.CANCELLED) | Q(cancel_asked_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title
