"""Judgements on the trail: how a broken place is told, and which titles may be kept."""

from collections.abc import Iterable
from dataclasses import dataclass

TITLE_LENGTH = 200
NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the trail does not hold; `code` is one of `SENTENCES`."""

    code: str
    seq: int | None = None
    act_uid: str | None = None
    change_id: int | None = None
    table_name: str | None = None
    row_id: int | None = None

    @property
    def sentence(self) -> str:
        """What is wrong and where."""
        return f"{SENTENCES[self.code]} 위치: {', '.join(self._place()) or '알 수 없음'}."

    def _place(self) -> Iterable[str]:
        if self.seq is not None:
            yield f"연결 {self.seq}번"
        if self.act_uid:
            yield f"행위 {self.act_uid}"
        if self.change_id is not None:
            yield f"변경 {self.change_id}번"
        if self.table_name:
            yield f"표 {self.table_name}의 {self.row_id}번 행"


SENTENCES = {
    "link_missing": "연결이 지워졌습니다.",
    "link_altered": "연결이나 봉인이 고쳐졌습니다.",
    "link_broken": "연결이 앞 연결의 해시와 이어지지 않습니다. 앞 연결이 다시 쓰였습니다.",
    "last_missing": "마지막 연결이 지워졌습니다. 머리는 그 뒤를 가리킵니다.",
    "head_altered": "머리가 마지막 연결과 다릅니다.",
    "act_missing": "행위가 지워졌습니다.",
    "act_altered": "행위가 고쳐졌습니다.",
    "act_rewritten": "행위나 그 변경이 해시까지 함께 다시 쓰였습니다.",
    "act_unlinked": "연결되지 않은 행위가 있습니다.",
    "seal_missing": "봉인이 지워졌습니다.",
    "seal_unlinked": "연결되지 않은 봉인이 있습니다.",
    "change_altered": "변경이 고쳐졌습니다.",
    "change_missing": "변경이 지워졌습니다.",
    "change_added": "나중에 끼워 넣은 변경이 있습니다.",
    "change_unlinked": "연결되지 않은 변경이 있습니다.",
}


def title(shown: str, *, personal: Iterable[str], instead: str) -> str:
    """How an act calls its subject: never by a personal value, which could not be purged."""
    if any(value and value in shown for value in personal):
        shown = instead
    return shown if len(shown) <= TITLE_LENGTH else f"{shown[: TITLE_LENGTH - 1]}…"
