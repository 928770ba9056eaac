"""Hierarchies."""

from mokmin.surfaces.kit.gallery.example import LONG, Example, State
from mokmin.surfaces.kit.tree import Node, found

TEAMS = ("기획", "예산", "성과관리", "법무", "의회협력")
UNITS = (
    Node(
        "기획예산과",
        "#tree",
        note="과장 이도현",
        count="정원 24 · 현원 23",
        children=(
            *(
                Node(f"{name}팀", "#tree", count=f"{4 + at}명", is_current=name == "성과관리")
                for at, name in enumerate(TEAMS)
            ),
            Node("인구정책팀", "#tree", count="0명", tone="late", word="팀장 결원"),
        ),
    ),
    Node(
        "행정복지국",
        "#tree",
        note="국장 박서연",
        count="정원 96 · 현원 91",
        children=(
            Node(
                "행정과",
                "#tree",
                count="31명",
                children=(
                    Node("서무팀", "#tree", count="6명"),
                    Node("인사팀", "#tree", count="5명"),
                ),
            ),
            Node("주민복지과", "#tree", count="28명", tone="warn", word="직무대리"),
        ),
    ),
    Node("보건소", "#tree", count="정원 41 · 현원 41"),
)

EXAMPLES = (
    Example(
        "tree", State.FILLED, '<c-tree id="units" label="조직" :nodes="nodes" />', {"nodes": UNITS}
    ),
    Example(
        "tree",
        State.FILLED,
        '<c-tree id="found" label="찾은 부서" :nodes="nodes" />',
        {"nodes": found(UNITS, "인사")},
        note="‘인사’로 찾은 결과",
    ),
    Example("tree", State.EMPTY, '<c-tree label="조직" empty="아직 등록한 부서가 없습니다." />'),
    Example(
        "tree",
        State.LONG,
        '<c-tree id="long" label="이름이 긴 조직" :nodes="nodes" />',
        {
            "nodes": (
                Node(
                    LONG,
                    "#long",
                    LONG,
                    "정원 1,234 · 현원 1,230",
                    "late",
                    "결원",
                    (Node(LONG.replace(" ", "")),),
                    is_open=True,
                ),
            )
        },
    ),
)
