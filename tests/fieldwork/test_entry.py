"""What was said of a shop reads the same for ever, whatever is asked for later."""

import pytest

from tracker.fieldwork.entry import answers_in

pytestmark = pytest.mark.once


def test_a_trait_that_was_not_asked_for_was_not_checked() -> None:
    assert answers_in({"outcome": "answered", "alipay": "yes", "wechat_pay": "no"}) == {
        "alipay": "yes",
        "wechat_pay": "no",
        "chinese_staff": "not_checked",
    }
