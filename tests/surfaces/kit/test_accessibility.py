"""The two inspectors of pages see what they are there to see."""

import pytest

from tests.accessibility import faults

WHOLE = "<!DOCTYPE html><html lang=ko><title>가</title><main><h1>가</h1>{}</main></html>"


@pytest.mark.parametrize(
    ("broken", "rules"),
    [
        ("<p>온전한 화면</p>", []),
        ('<img src="data:,">', ["image-alt", "WCAG2AA.Principle1.Guideline1_1.1_1_1.H37"]),
        ('<form><label>이름<input></label></form>',
         ["WCAG2AA.Principle3.Guideline3_2.3_2_2.H32.2"]),
        ('<a href="#nowhere">없는 곳</a>',
         ["WCAG2AA.Principle2.Guideline2_4.2_4_1.G1,G123,G124.NoSuchID"]),
        ('<ul><div>목록이 아님</div></ul>', ["list"]),
    ],
)  # fmt: skip
def test_each_sees_what_the_other_misses(window, broken, rules):
    page = window()
    page.set_content(WHOLE.format(broken))

    assert [fault.partition(": ")[0] for fault in faults(page)] == rules
