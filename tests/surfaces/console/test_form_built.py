"""What a form loads in a browser: one script, and the looks that few forms need."""

import pytest
from django import forms

from mokmin.lib.won import WonUnit
from mokmin.surfaces.console.sample import SAMPLES, SampleFiles, SampleForm, SampleTable
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.forms.money import MoneyField
from tests.environment import ROOT

STATIC = ROOT / "src/mokmin/surfaces/kit/static"


class PlainForm(StaffForm):
    title = forms.CharField(label="제목")


class CostForm(StaffForm):
    cost = MoneyField(label="금액", unit=WonUnit.WON)


@pytest.mark.parametrize(
    ("form", "script", "styles"),
    [
        (PlainForm, "", []),
        (CostForm, "built/money.js", ["built/money.css"]),
        (SampleForm, "built/drafts-money-picker.js", ["built/money.css"]),
        (SampleTable, "built/drafts-picker-sheet.js", []),
        (SampleFiles, "built/drafts-drop.js", ["built/drop.css"]),
    ],
)
def test_a_form_loads_one_script_and_the_looks_of_its_fields(form, script, styles):
    assert (form().script, form().styles) == (script, styles)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_form_loads_was_built(name):
    form = SAMPLES[name][1]()

    assert [each for each in (form.script, *form.styles) if not (STATIC / each).is_file()] == []
