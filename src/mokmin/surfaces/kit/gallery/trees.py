"""Hierarchies."""

from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, State
from mokmin.surfaces.kit.tree import Node, found

TEAMS = ("기획", "예산", "성과관리", "법무", "의회협력")
UNITS = (
    Node(
        "기획예산과",
        "#part-tree",
        note="과장 이도현",
        count="정원 24 · 현원 23",
        children=(
            *(
                Node(f"{name}팀", "#part-tree", count=f"{4 + at}명", is_current=name == "성과관리")
                for at, name in enumerate(TEAMS)
            ),
            Node("인구정책팀", "#part-tree", count="0명", tone="late", word="팀장 결원"),
        ),
    ),
    Node(
        "행정복지국",
        "#part-tree",
        note="국장 박서연",
        count="정원 96 · 현원 91",
        children=(
            Node(
                "행정과",
                "#part-tree",
                count="31명",
                children=(
                    Node("서무팀", "#part-tree", count="6명"),
                    Node("인사팀", "#part-tree", count="5명"),
                ),
            ),
            Node("주민복지과", "#part-tree", count="28명", tone="warn", word="직무대리"),
        ),
    ),
    Node("보건소", "#part-tree", count="정원 41 · 현원 41"),
)

LONG_UNITS = (
    Node(
        LONG,
        "#part-tree",
        LONG,
        "정원 1,234 · 현원 1,230",
        "late",
        "결원",
        (Node(LONG.replace(" ", "")),),
        is_open=True,
    ),
)
TREE = Part(
    "tree",
    "계층",
    "가지는 스크립트 없이 열리고, 지금 보는 곳까지는 저절로 펼쳐집니다. 인쇄하면 모두 펼쳐집니다.",
    (
        Example(
            State.FILLED,
            '<c-tree id="units" label="조직" :nodes="nodes" />',
            {"nodes": UNITS},
        ),
        Example(
            State.FILLED,
            '<c-tree id="found" label="찾은 부서" :nodes="nodes" />',
            {"nodes": found(UNITS, "인사")},
            note="‘인사’로 찾은 결과",
        ),
        Example(State.EMPTY, '<c-tree label="빈 조직" empty="아직 등록한 부서가 없습니다." />'),
        Example(
            State.LONG,
            '<c-tree id="long-units" label="이름이 긴 조직" :nodes="nodes" />',
            {"nodes": LONG_UNITS},
        ),
    ),
)
