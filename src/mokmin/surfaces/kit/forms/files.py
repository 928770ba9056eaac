"""Files: the browser's own choice, onto which files may be dropped; limits are told at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mokmin.foundation.files.rules import size_text
from mokmin.lib.korean import count_text, josa, quoted
from mokmin.surfaces.kit import icons, uploads


class DropWidget(forms.FileInput):
    """The input in the middle of the place to drop on."""

    drop: "FileDropField"

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> list[Any]:
        """All files of this name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []

    def render(
        self,
        name: str,
        value: Any,  # noqa: ARG002  # a browser is never told which file it holds
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002  # Django's signature
    ) -> SafeString:
        """The place, the input, what may be put there, and the list that a script fills."""
        drop = self.drop
        return format_html(
            '<div class="mk-drop" data-drop data-limit="{limit}" data-count="{count}"'
            ' data-accepts="{accepts}"><p class="mk-drop-call mk-js">{icon}{call}</p>'
            '<input type="file" name="{name}" accept="{accepts}"{many}{attrs}>'
            '<p class="mk-hint">{rule}</p><ul class="mk-drop-list" data-drop-list></ul>'
            '<p class="mk-drop-said" role="status" data-drop-said></p>'
            '<progress class="mk-drop-progress" max="100" aria-label="올리는 중" data-drop-progress'
            " hidden></progress></div>",
            limit=drop.limit,
            count=drop.count,
            accepts=",".join(drop.accepts),
            icon=icons.icon("upload"),
            call="파일을 여기에 끌어다 놓거나 아래에서 골라 주세요.",
            name=name,
            many=SafeString(" multiple") if drop.many else "",
            attrs=flatatt(self.build_attrs(self.attrs, attrs)),
            rule=drop.rule,
        )


class FileDropField(forms.Field):
    """A file (None when there is none), or `many` (a tuple): judged by name and size only.

    What is inside is judged by whoever opens it; with `judges=False` names and sizes as well, and
    the limits serve only to be told in the browser. `accepts` are endings such as `.xlsx`.
    """

    scripts = ("drop",)
    widget = DropWidget

    def __init__(
        self,
        *,
        accepts: Sequence[str] = (),
        limit: int | None = None,
        many: bool = False,
        count: int = 20,
        judges: bool = True,
        **how: Any,
    ) -> None:
        super().__init__(**how)
        self.judges = judges
        self.accepts, self.many, self.count = tuple(accepts), many, count if many else 1
        self.limit = settings.MOKMIN_FILE_BYTES if limit is None else limit
        self.widget.drop = self

    def __deepcopy__(self, memo: Any) -> "FileDropField":
        """A form of its own."""
        result: FileDropField = super().__deepcopy__(memo)
        result.widget.drop = result
        return result

    @property
    def rule(self) -> str:
        """What may be put there."""
        endings = ", ".join(ending.removeprefix(".") for ending in self.accepts)
        kinds = f"{endings} 파일, " if endings else ""
        count = f"{count_text(self.count, '개')}까지, " if self.many else ""
        return f"{kinds}{count}한 개에 {size_text(self.limit)}까지 올릴 수 있습니다."

    def to_python(self, value: Any) -> Any:
        """The files as they came; raises ValidationError with all that is wrong with them."""
        files = value or []
        told = [why for file in files if (why := self._why_not(file))] if self.judges else []
        if len(files) > self.count:
            most, sent = count_text(self.count, "개"), count_text(len(files), "개")
            told.append(f"파일은 {most}까지 올릴 수 있습니다. 지금 {sent}입니다.")
        if told:
            raise ValidationError(told)
        return tuple(files) if self.many else next(iter(files), None)

    def _why_not(self, file: Any) -> str | None:
        name, size = str(file.name or ""), int(file.size or 0)
        if self.accepts and not name.lower().endswith(self.accepts):
            endings = ", ".join(ending.removeprefix(".") for ending in self.accepts)
            what = josa(quoted(name), "은/는")
            return f"{what} 올릴 수 없는 종류입니다. {endings} 파일을 올려 주세요."
        if size > self.limit:
            size_ = size_text(size)
            return (
                f"{josa(quoted(name), '은/는')} {size_}입니다. {size_text(self.limit)}까지 됩니다."
            )
        if why := uploads.problem(file):
            return f"{quoted(name)}: {why}"
        return None if size else f"{josa(quoted(name), '은/는')} 빈 파일입니다."

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """Nobody asks."""
        return True
