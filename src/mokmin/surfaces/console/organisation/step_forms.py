"""The forms that make one step of a reorganisation, once it is known what is done to which unit."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from mokmin.foundation.orgs.states import PostRank, StepKind, UnitKind
from mokmin.foundation.orgs.steps import (
    AbolishUnit,
    AddPost,
    ClosePost,
    CreateUnit,
    MergeUnits,
    MovePost,
    MoveUnit,
    NewPost,
    NewUnit,
    RenameUnit,
    Step,
)
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import josa, quoted
from mokmin.lib.uid import new_uid
from mokmin.surfaces.console.organisation.step_form import TOP, StepForm, demand
from mokmin.surfaces.console.organisation.step_split import SplitUnitForm
from mokmin.surfaces.console.organisation.step_words import post_name
from mokmin.surfaces.kit.forms.base import Number

MOST_POSTS = 30
KINDS = [("", "고르세요"), *UnitKind.choices]


class CreateUnitForm(StepForm):
    """A new unit (신설)."""

    kind = StepKind.CREATE
    asks_for_unit = False
    hint = "자리는 이어서 ‘정원 신설’이나 ‘정원 이동’으로 채웁니다."
    needed = ("unit_kind", "name")

    unit_kind = forms.ChoiceField(label="종류", choices=KINDS)
    name = forms.CharField(label="이름")
    parent = forms.ChoiceField(label="상위 부서", required=False)
    phone = forms.CharField(label="대표 전화")

    def offer(self) -> None:
        """Any unit may be above it."""
        self.give("parent", self.choices.units(blank=TOP))

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """One step."""
        demand(values, unit_kind="종류를 골라 주세요.", name="이름을 적어 주세요.")
        unit = NewUnit(
            self.choices.next_key(),
            UnitKind(values["unit_kind"]),
            values["name"],
            values["parent"] or None,
            phone=values["phone"],
        )
        return (CreateUnit(unit),)


class RenameUnitForm(StepForm):
    """Another name or kind (명칭 변경)."""

    kind = StepKind.RENAME
    needed = ("name",)

    name = forms.CharField(label="새 이름")
    unit_kind = forms.ChoiceField(label="종류", choices=UnitKind.choices)

    def offer(self) -> None:
        """What it is called now."""
        self.fields["name"].initial = self.target.name
        self.give("unit_kind", UnitKind.choices, self.target.kind)

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """One step."""
        demand(values, name="새 이름을 적어 주세요.")
        name = "" if values["name"] == self.target.name else values["name"]
        kind = UnitKind(values["unit_kind"]) if values["unit_kind"] else None
        kind = None if kind == self.target.kind else kind
        if not name and kind is None:
            raise Invalid({"name": "지금과 같습니다. 새 이름을 적거나 종류를 바꾸어 주세요."})
        return (RenameUnit(self.target.uid, name, kind),)


class MoveUnitForm(StepForm):
    """Another unit above (소속 변경)."""

    kind = StepKind.MOVE
    parent = forms.ChoiceField(label="새 상위 부서", required=False)

    def offer(self) -> None:
        """Any unit but itself."""
        without = self.target.uid
        self.give("parent", self.choices.units(blank=TOP, without=without), self.target.parent)

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """One step."""
        parent = values["parent"] or None
        if parent == self.target.parent:
            raise Invalid({"parent": "지금의 상위 부서입니다. 다른 부서를 골라 주세요."})
        return (MoveUnit(self.target.uid, parent),)


class MergeUnitsForm(StepForm):
    """Several units become one (통합)."""

    kind = StepKind.MERGE
    hint = "앞에서 고른 부서에 다음 부서를 합칩니다. 자리와 하위 부서, 사람이 모두 함께 갑니다."
    needed = ("with_1", "into")

    with_1 = forms.ChoiceField(label="함께 합칠 부서")
    with_2 = forms.ChoiceField(label="함께 합칠 부서 (둘째)", required=False)
    with_3 = forms.ChoiceField(label="함께 합칠 부서 (셋째)", required=False)
    into = forms.ChoiceField(label="합친 뒤", widget=forms.RadioSelect)
    name = forms.CharField(label="합친 뒤의 이름")
    unit_kind = forms.ChoiceField(label="종류", choices=UnitKind.choices)
    parent = forms.ChoiceField(label="상위 부서", required=False)

    def offer(self) -> None:
        """The unit itself goes on, or a new one."""
        target = self.target
        for name in ("with_1", "with_2", "with_3"):
            self.give(name, self.choices.units(without=target.uid))
        goes_on = f"{josa(quoted(target.name), '이/가')} 이어 갑니다. 이력과 주소가 남습니다."
        into = [("first", goes_on), ("new", "새 부서를 만듭니다. 합친 부서는 모두 없어집니다.")]
        self.give("into", into, "first")
        self.fields["name"].initial = target.name
        self.give("unit_kind", UnitKind.choices, target.kind)
        self.give("parent", self.choices.units(blank=TOP), target.parent)
        self.fields["parent"].help_text = "새 부서를 만들 때에만 씁니다."

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """The merger, and a new name for what goes on."""
        demand(
            values,
            with_1="함께 합칠 부서를 골라 주세요.",
            into="어느 부서로 합칠지 골라 주세요.",
            name="합친 뒤의 이름을 적어 주세요.",
        )
        others = [values[name] for name in ("with_1", "with_2", "with_3") if values[name]]
        units = tuple(dict.fromkeys((self.target.uid, *others)))
        kind = UnitKind(values["unit_kind"] or self.target.kind)
        if values["into"] == "new":
            key = self.choices.next_key()
            made = NewUnit(key, kind, values["name"], values["parent"] or None)
            return (MergeUnits(units, key, made),)
        merger = MergeUnits(units, self.target.uid)
        if values["name"] == self.target.name:
            return (merger,)
        return merger, RenameUnit(self.target.uid, values["name"])


class AbolishUnitForm(StepForm):
    """A unit ends (폐지)."""

    kind = StepKind.ABOLISH
    posts_to = forms.ChoiceField(label="자리와 사람을 옮길 부서", required=False)
    units_to = forms.ChoiceField(label="하위 부서를 옮길 부서", required=False)

    def offer(self) -> None:
        """Any other unit, or nowhere."""
        without = self.target.uid
        nowhere = ("", "옮기지 않고 자리를 모두 없앰")
        self.give("posts_to", self.choices.units(blank=nowhere, without=without))
        if self.target.children:
            self.give("units_to", self.choices.units(without=without))
        else:
            del self.fields["units_to"]

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """One step."""
        if self.target.children:
            demand(values, units_to="하위 부서를 옮길 부서를 골라 주세요.")
        units_to = values.get("units_to") or None
        return (AbolishUnit(self.target.uid, values["posts_to"] or None, units_to),)


class AddPostForm(StepForm):
    """Posts more (정원 신설)."""

    kind = StepKind.ADD_POST
    needed = ("rank", "title", "count")

    rank = forms.ChoiceField(label="구분", choices=PostRank.choices, initial=PostRank.OFFICER.value)
    title = forms.CharField(label="직위", help_text="예: 주무관, 과장")
    grade = forms.CharField(label="직급", help_text="예: 행정7급")
    duties = forms.CharField(
        label="담당 업무",
        help_text="업무 하나를 한 줄에 적습니다.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(label="전화")
    count = Number(label="자리 수", initial=1)

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """A step for each post."""
        demand(values, rank="구분을 골라 주세요.", title="직위를 적어 주세요.")
        count = values["count"]
        if not count or count > MOST_POSTS:
            raise Invalid({"count": f"자리 수는 1부터 {MOST_POSTS}까지 적을 수 있습니다."})
        given = {name: values[name] for name in ("title", "grade", "duties", "phone")}
        rank = PostRank(values["rank"])
        return tuple(
            AddPost(NewPost(f"post-{new_uid()}", self.target.uid, rank, **given))
            for _each in range(count)
        )


class PostsForm(StepForm):
    """Some posts of the unit."""

    names_holders = True
    needed: ClassVar[tuple[str, ...]] = ("posts",)

    posts = forms.MultipleChoiceField(label="자리", widget=forms.CheckboxSelectMultiple)

    def offer(self) -> None:
        """The posts of the unit itself."""
        found = [
            (post.uid, post_name(post.uid, self.choices, with_unit=False))
            for post in self.target.posts
        ]
        self.give("posts", found)


class MovePostsForm(PostsForm):
    """Posts go to another unit (정원 이동)."""

    kind = StepKind.MOVE_POST
    hint = "자리에 있는 사람도 함께 옮깁니다."
    needed = ("posts", "to")

    to = forms.ChoiceField(label="옮길 부서")

    def offer(self) -> None:
        """Any other unit, new ones as well."""
        super().offer()
        self.give("to", self.choices.units(without=self.target.uid))

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """A step for each post."""
        demand(values, posts="옮길 자리를 골라 주세요.", to="옮길 부서를 골라 주세요.")
        return tuple(MovePost(uid, values["to"]) for uid in values["posts"])


class ClosePostsForm(PostsForm):
    """Posts end (정원 폐지)."""

    kind = StepKind.CLOSE_POST
    hint = (
        "그 자리에 있는 사람은 자리 없는 사람이 됩니다. 같은 날의 발령으로 새 자리를 정해 주세요."
    )

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """A step for each post."""
        demand(values, posts="없앨 자리를 골라 주세요.")
        return tuple(ClosePost(uid) for uid in values["posts"])


STEP_FORMS: dict[StepKind, type[StepForm]] = {
    form.kind: form
    for form in (
        CreateUnitForm,
        RenameUnitForm,
        MoveUnitForm,
        MergeUnitsForm,
        SplitUnitForm,
        AbolishUnitForm,
        AddPostForm,
        MovePostsForm,
        ClosePostsForm,
    )
}
