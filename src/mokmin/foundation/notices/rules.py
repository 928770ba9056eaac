"""Judgements on notices and the daily letter: values in, answer out."""

from datetime import datetime, time, timedelta

from mokmin.lib.korean import SEOUL, in_seoul

TITLE_LENGTH = 200
ABOUT_LENGTH = 40

DIGEST_AT = time(8)
"""When the daily letter is written, on the clock of Seoul."""

TOO_LATE = timedelta(hours=4)
"""A letter that could not be written in the morning waits for the next working day."""


def digest_moment(at: datetime) -> datetime:
    """The moment up to which the letter of that day tells what is unread."""
    return datetime.combine(in_seoul(at).date(), DIGEST_AT, SEOUL)


def why_no_digest(at: datetime, *, now: datetime, is_working_day: bool) -> str | None:
    """Why no letters are written now, if so; `at` is the moment for which they were planned."""
    if not is_working_day:
        return "근무일이 아닙니다."
    if now - digest_moment(at) > TOO_LATE:
        return "보낼 때가 지났습니다."
    if now < digest_moment(at):
        return "아직 보낼 때가 아닙니다."
    return None
