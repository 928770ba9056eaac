"""Names of what units, posts, assignments and orders can be."""

from django.db import models

from mokmin.foundation.access.states import Role


class UnitKind(models.TextChoices):
    """What a unit (조직) is called by law and ordinance."""

    HEAD = "head", "단체장"
    BUREAU = "bureau", "국"
    OFFICE = "office", "실"
    DEPARTMENT = "department", "과"
    DIRECTOR = "director", "담당관"
    AGENCY = "agency", "직속기관"
    STATION = "station", "사업소"
    COUNCIL = "council", "의회사무"
    EUP = "eup", "읍"
    MYEON = "myeon", "면"
    DONG = "dong", "동"
    TEAM = "team", "팀"


DEPARTMENTS = frozenset(UnitKind) - {UnitKind.HEAD, UnitKind.BUREAU, UnitKind.TEAM}
"""Units that have a head of their own who answers for their work (부서); bureaus hold them."""


class PostRank(models.TextChoices):
    """How far a post (직위) answers for others."""

    MAYOR = "mayor", "단체장"
    DEPUTY_MAYOR = "deputy_mayor", "부단체장"
    BUREAU_HEAD = "bureau_head", "국장"
    UNIT_HEAD = "unit_head", "부서장"
    TEAM_HEAD = "team_head", "팀장"
    OFFICER = "officer", "담당자"


ROLE_OF_RANK: dict[PostRank, Role] = {
    PostRank.MAYOR: Role.EXECUTIVE,
    PostRank.DEPUTY_MAYOR: Role.EXECUTIVE,
    PostRank.BUREAU_HEAD: Role.UNIT_HEAD,
    PostRank.UNIT_HEAD: Role.UNIT_HEAD,
    PostRank.TEAM_HEAD: Role.TEAM_HEAD,
    PostRank.OFFICER: Role.OFFICER,
}
"""The role that comes with a post, for as long as it is held."""


class AssignmentKind(models.TextChoices):
    """How a person holds a post."""

    FULL = "full", "본직"
    CONCURRENT = "concurrent", "겸임"
    ACTING = "acting", "직무대리"


class OrderVerb(models.TextChoices):
    """What a line of an order (인사발령) does with a person."""

    APPOINT = "appoint", "신규임용"
    TRANSFER = "transfer", "전보"
    PROMOTE = "promote", "승진"
    CONCURRENT = "concurrent", "겸임"
    END_CONCURRENT = "end_concurrent", "겸임 해제"
    ACT = "act", "직무대리"
    END_ACT = "end_act", "직무대리 해제"
    LEAVE = "leave", "휴직"
    RETURN = "return", "복직"
    DISPATCH = "dispatch", "파견"
    MOVE_OUT = "move_out", "전출"
    RETIRE = "retire", "퇴직"


class StepKind(models.TextChoices):
    """What a step of a reorganisation (조직개편) does."""

    CREATE = "create", "신설"
    RENAME = "rename", "명칭 변경"
    MOVE = "move", "소속 변경"
    MERGE = "merge", "통합"
    SPLIT = "split", "분할"
    ABOLISH = "abolish", "폐지"
    ADD_POST = "add_post", "정원 신설"
    MOVE_POST = "move_post", "정원 이동"
    CLOSE_POST = "close_post", "정원 폐지"


class StructureChange(models.TextChoices):
    """What becomes of a unit or a post on the day of a reorganisation."""

    MADE = "made", "신설"
    CLOSED = "closed", "폐지"
    RENAMED = "renamed", "명칭 변경"
    MOVED = "moved", "이동"
