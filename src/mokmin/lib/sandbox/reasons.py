"""Why a file could not be read, as one sentence that says what to do."""

from enum import StrEnum

from mokmin.lib.errors import Invalid


class Reason(StrEnum):
    """What went wrong, for code that treats some of it differently."""

    TOO_BIG = "too_big"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    BROKEN = "broken"
    PASSWORD = "password"
    UNKNOWN_TYPE = "unknown_type"
    DIED = "died"


AGAIN = "원래 쓰던 프로그램에서 열어 다시 저장한 뒤 올려 주세요."
SENTENCES = {
    Reason.TOO_BIG: "파일의 내용이 너무 커서 읽지 않았습니다. 필요한 부분만 남기거나 나누어 저장한 "
    "뒤 올려 주세요.",
    Reason.TOO_SLOW: "파일을 읽는 데 너무 오래 걸려 멈추었습니다. 필요한 부분만 남겨 저장한 뒤 "
    "올려 주세요.",
    Reason.BUSY: "지금 다른 파일을 읽고 있습니다. 잠시 뒤 다시 올려 주세요.",
    Reason.BROKEN: f"파일이 망가져 읽을 수 없습니다. {AGAIN}",
    Reason.PASSWORD: "암호가 걸린 파일이라 읽을 수 없습니다. 암호를 풀어 저장한 뒤 올려 주세요.",
    Reason.UNKNOWN_TYPE: "읽을 수 있는 종류의 파일이 아닙니다.",
    Reason.DIED: f"파일을 읽다가 멈추었습니다. 파일이 망가졌을 수 있습니다. {AGAIN}",
}


class Unreadable(Invalid):
    """The file cannot be read; a form shows the sentence at its field `file`.

    `has_died` when the reader itself came to an end over it, instead of saying no.
    """

    def __init__(self, reason: Reason, sentence: str = "", *, has_died: bool = False) -> None:
        self.reason = reason
        self.sentence = sentence or SENTENCES[reason]
        self.has_died = has_died
        super().__init__({"file": self.sentence})
