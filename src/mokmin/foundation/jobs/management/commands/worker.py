"""`mokmin manage worker`: one process that works off the queue."""

from dataclasses import fields
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mokmin.foundation.jobs import worker
from mokmin.foundation.jobs.worker import Pace

HELP = {
    "concurrency": "한 번에 처리하는 작업 수",
    "grace": "멈추라는 신호를 받은 뒤 진행 중인 작업을 기다리는 시간(초)",
    "heartbeat": "살아 있다고 알리는 간격(초)",
    "stalled_after": "소식이 없으면 멈춘 것으로 보는 시간(초)",
    "sweep": "멈춘 작업을 찾는 간격(초)",
    "poll": "알림을 놓쳤을 때를 대비해 대기열을 살피는 간격(초)",
}


class Command(BaseCommand):
    """Runs until SIGTERM; start as many as there are cores to spare."""

    help = "대기열의 작업을 처리합니다."
    requires_system_checks = ()
    """Checks would load every page of the web, which a worker does not need."""

    def add_arguments(self, parser: CommandParser) -> None:
        """One option for each setting of the pace."""
        for field in fields(Pace):
            parser.add_argument(
                f"--{field.name.replace('_', '-')}",
                type=type(field.default),
                default=field.default,
                help=f"{HELP[field.name]}. 기본값 {field.default}",
            )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check what was asked for, then work."""
        pace = Pace(**{field.name: options[field.name] for field in fields(Pace)})
        if pace.stalled_after < 2 * pace.heartbeat:
            raise CommandError("--stalled-after는 --heartbeat의 두 배 이상이어야 합니다.")
        pool = settings.DATABASES["default"].get("OPTIONS", {}).get("pool")
        if (
            isinstance(pool, dict)
            and pool.get("max_size", pace.concurrency + 1) <= pace.concurrency
        ):
            raise CommandError(
                "--concurrency가 데이터베이스 연결 수보다 많습니다. MOKMIN_THREADS를 늘려 주세요."
            )
        worker.run(pace)
