"""Money fields: one table of writings that the server and the script both read."""

import csv
from pathlib import Path

import pytest
from django.http import QueryDict

from mokmin.lib.errors import Refusal
from mokmin.lib.won import Won, WonUnit
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.forms.money import MoneyField, echo
from tests.environment import ROOT

SCRIPT = ROOT / "frontend" / "js" / "won.js"
with (Path(__file__).parent / "money_vectors.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = list(csv.DictReader(file))
READ = """async ([source, vectors]) => {
  const won = await import("data:text/javascript," + encodeURIComponent(source));
  return vectors.map(([written, power]) => {
    const amount = won.read(written, power);
    return amount === null ? ["", ""] : [String(amount), won.echo(amount)];
  });
}"""


class CostForm(StaffForm):
    cost = MoneyField(label="드는 돈", unit=WonUnit.MILLION)
    change = MoneyField(label="증감", may_be_negative=True)


def sent(**values):
    data = QueryDict(mutable=True)
    data.update(values)
    return CostForm(data)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["written"])
def test_the_server_reads_and_echoes_the_table(vector):
    try:
        found = Won.parse(vector["written"], default=WonUnit(vector["unit"])).amount
    except Refusal:
        found = None

    assert ("" if found is None else str(found)) == vector["amount"]
    assert ("" if found is None else echo(found)) == vector["echo"]


def test_the_script_reads_and_echoes_the_same(browser):
    page = browser.new_page()
    asked = [[vector["written"], WonUnit(vector["unit"]).power] for vector in VECTORS]

    found = page.evaluate(READ, [SCRIPT.read_text(encoding="utf-8"), asked])

    page.close()
    assert dict(
        zip((vector["written"] + vector["unit"] for vector in VECTORS), found, strict=True)
    ) == {
        vector["written"] + vector["unit"]: [vector["amount"], vector["echo"]] for vector in VECTORS
    }


def test_a_bare_number_counts_in_the_unit_that_was_chosen():
    form = sent(cost="1,230", cost__unit="thousand", change="5")

    assert form.is_valid()
    cost, change = form.cleaned_data["cost"], form.cleaned_data["change"]
    assert (cost.amount, cost.unit, change.amount) == (1_230_000, WonUnit.THOUSAND, 5)


def test_where_there_is_one_unit_it_stands_as_a_word():
    field = MoneyField(label="금액", units=(WonUnit.THOUSAND,))

    drawn = field.widget.render("cost", None, {"id": "id_cost"})

    assert '<span data-power="3">천 원</span>' in drawn
    assert "<select" not in drawn


@pytest.mark.parametrize("unit", ["", "dollar", "mixed"])
def test_an_unknown_unit_is_the_fields_own(unit):
    form = sent(cost="3", cost__unit=unit)

    assert form.is_valid()
    assert form.cleaned_data["cost"] == Won(3_000_000)


def test_nothing_written_is_no_money():
    form = sent(cost=" ", cost__unit="won")

    assert form.is_valid()
    assert form.cleaned_data["cost"] is None


def test_what_is_wrong_is_said_in_korean_and_what_was_written_stays():
    form = sent(cost="12억 5천", cost__unit="eok", change="-3")

    assert form.errors == {
        "cost": [
            "‘12억 5천’은 금액으로 읽을 수 없습니다. "
            "‘5천’의 단위가 원인지 만 원인지 알 수 없으니 끝까지 적어 주세요."
        ],
    }
    drawn = str(form["cost"])
    assert 'value="12억 5천"' in drawn
    assert '<option value="eok" data-power="8" selected>' in drawn
    assert "data-money-echo></output>" in drawn


def test_a_negative_amount_is_refused_where_none_may_stand():
    form = sent(cost="△3", cost__unit="won", change="△3")

    assert form.errors == {"cost": ["0원이나 그보다 큰 금액을 적어 주세요."]}
    assert form.cleaned_data["change"] == Won(-3)


@pytest.mark.parametrize(
    ("won", "text", "unit"),
    [
        (Won(1_230_000_000, WonUnit.MILLION), "1,230", "million"),
        (Won(1_234_500, WonUnit.THOUSAND), "1,234.5", "thousand"),
        (Won(1_230_000_000, WonUnit.MIXED), "1,230", "million"),
        (Won(1_234_567, WonUnit.JO), "1.234567", "million"),
    ],
)
def test_a_known_amount_is_shown_in_its_unit_with_its_echo(won, text, unit):
    drawn = str(CostForm(initial={"cost": won})["cost"])

    assert f'value="{text}"' in drawn
    assert f'<option value="{unit}" data-power="{WonUnit(unit).power}" selected>' in drawn
    assert f"data-money-echo>{echo(won.amount)}</output>" in drawn
