"""Settings of the municipality (기관 설정)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access import actions, queries, rules
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.states import TenantKind
from mokmin.foundation.tenancy.vocabulary import WORD_NAMES, vocabulary
from mokmin.foundation.trail import queries as trail
from mokmin.surfaces.console import changes, history
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.forms.base import Number, StaffForm
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.rows import Event

WORD = "word_"
SECURITY = ("session_minutes", "mfa_roles")
KEEPING = ("access_log_days", "export_days", "draft_days", "notice_days")
DUTIES = ("hand_over_days",)
SITE = ("contact_unit", "contact_phone", "has_resident_signup", "has_government_banner")
PLAIN = (*SECURITY, *KEEPING, *DUTIES, *SITE)


class SettingsForm(StaffForm):
    """Every choice of a municipality; words are added for its kind."""

    needed = ("session_minutes", *KEEPING, *DUTIES)

    session_minutes = Number(
        label="자동 로그아웃 시간(분)",
        help_text="5분에서 480분까지. 이 시간 동안 움직임이 없으면 로그아웃되며, 2분 전에 알려 "
        "드립니다. 근거 조항은 확인하지 못해(미확인) 기관이 정합니다.",
    )
    mfa_roles = forms.MultipleChoiceField(
        label="2단계 인증이 필요한 역할",
        help_text="고른 역할을 가진 사람은 인증 앱을 등록해야 들어올 수 있습니다.",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    access_log_days = Number(
        label="접속기록 보관 기간(일)",
        help_text=f"{rules.ACCESS_LOG_DAYS[0]}일(1년) 이상. 5만 명 이상의 개인정보나 "
        f"고유식별정보·민감정보를 처리하면 {rules.ACCESS_LOG_USUAL_DAYS}일(2년) 이상 보관해야 "
        "합니다. 근거: 「개인정보의 안전성 확보조치 기준」 제8조(접속기록의 보관 및 점검).",
    )
    export_days = Number(
        label="내려받기 파일 보관 기간(일)",
        help_text=f"{rules.EXPORT_DAYS[0]}일에서 {rules.EXPORT_DAYS[1]}일까지. 목록을 내려받으려고 "
        "만든 파일을 ‘내 파일’에 두는 기간입니다. 개인정보가 들어 있으므로 개인정보 내부 "
        "관리계획에 맞게 정합니다. 바꾸면 그 뒤에 만드는 파일부터 따릅니다.",
    )
    draft_days = Number(
        label="작성 중인 글 보관 기간(일)",
        help_text=f"{rules.DRAFT_DAYS[0]}일에서 {rules.DRAFT_DAYS[1]}일까지. 보내지 않은 글을 "
        "이보다 오래 두지 않습니다.",
    )
    notice_days = Number(
        label="알림 보관 기간(일)",
        help_text=f"{rules.NOTICE_DAYS[0]}일에서 {rules.NOTICE_DAYS[1]:,}일까지. 이보다 오래된 "
        "알림은 읽지 않았어도 지웁니다. 알림이 가리키는 기록은 그대로 남습니다.",
    )
    hand_over_days = Number(
        label="인계인수 확인 기한(근무일)",
        help_text=f"{rules.HAND_OVER_DAYS[0]}에서 {rules.HAND_OVER_DAYS[1]}까지. 인수자는 "
        "인계일부터 이 근무일 안에 확인합니다. 바꾸면 아직 확인하지 않은 인계인수서의 기한도 "
        "다시 셉니다. 「행정업무의 운영 및 혁신에 관한 규정」 제61조는 기한을 정하지 않아 기관이 "
        "정합니다.",
    )
    contact_unit = forms.CharField(
        label="담당부서", help_text="공개 누리집의 화면 아래에 보입니다."
    )
    contact_phone = forms.CharField(
        label="문의 전화",
        help_text="예: 055-940-0000",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    has_resident_signup = forms.BooleanField(
        label="주민 가입 허용", help_text="누리집에서 누구나 주민 계정을 만들 수 있습니다."
    )
    has_government_banner = forms.BooleanField(
        label="공식 누리집 안내띠 표시",
        help_text="대한민국 공식 전자정부 누리집일 때에만 켜 주세요.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = vocabulary(TenantKind(kind), {})
        for name, label in WORD_NAMES.items():
            hint = {"placeholder": getattr(usual, name)}
            word = forms.CharField(label=label, widget=forms.TextInput(attrs=hint), required=False)
            self.fields[f"{WORD}{name}"] = word

    def bound(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        """The fields of one card."""
        return [self[name] for name in names]

    @property
    def security(self) -> list[forms.BoundField]:
        """Signing in."""
        return self.bound(SECURITY)

    @property
    def keeping(self) -> list[forms.BoundField]:
        """How long what may hold personal data is kept."""
        return self.bound(KEEPING)

    @property
    def duties(self) -> list[forms.BoundField]:
        """Posts and who takes them over."""
        return self.bound(DUTIES)

    @property
    def site(self) -> list[forms.BoundField]:
        """What residents see."""
        return self.bound(SITE)

    @property
    def words(self) -> list[forms.BoundField]:
        """The municipality's own words."""
        return [self[f"{WORD}{name}"] for name in WORD_NAMES]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_settings)
def settings(request: MokminRequest) -> HttpResponse:
    """Show and change; wrong fields come back all at once (422)."""
    present = queries.settings()
    initial = _initial(present)
    form = SettingsForm(request.POST or None, kind=request.tenant.kind, initial=initial)
    follows: list[str] = []

    def change(values: dict[str, Any]) -> None:
        wanted = _values(values)
        follows.extend(actions.change_settings(wanted, actor=request.actor, at=timezone.now()))

    if request.method == "POST" and form.has_done(change):
        said = "기관 설정을 저장했습니다." if form.has_changed() else "바뀐 것이 없습니다."
        messages.success(request, " ".join([said, *follows]))
        return HttpResponseRedirect(reverse("console:settings"), status=303)
    context = {"form": form, "events": _events(present)}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "console/settings.html", context, status=status)


def _initial(present: Settings) -> dict[str, Any]:
    plain = {name: getattr(present, name) for name in PLAIN}
    return plain | {f"{WORD}{name}": present.words.get(name, "") for name in WORD_NAMES}


def _values(cleaned: dict[str, Any]) -> dict[str, Any]:
    values = {name: cleaned[name] for name in PLAIN}
    return values | {"words": {name: cleaned[f"{WORD}{name}"] for name in WORD_NAMES}}


def _events(present: Settings) -> list[Event]:
    if present.pk is None:
        return []
    acts = trail.history((changes.SETTINGS, present.pk), limit=10)
    return [changes.event(act, url=history.url(act)) for act in acts]
