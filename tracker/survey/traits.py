"""Every trait that the survey asks for, each with all that belongs to it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trait(TextChoices):
    ALIPAY = "alipay", _("Alipay")
    WECHAT_PAY = "wechat_pay", _("WeChat Pay")
    CHINESE_STAFF = "chinese_staff", _("Chinese-speaking staff")


@dataclass(frozen=True)
class TraitFacts:
    """What belongs to a trait besides its label."""

    osm_tag: str
    question: str | Promise
    help_text: str | Promise


TRAIT_FACTS = {
    Trait.ALIPAY: TraitFacts(
        osm_tag="payment:alipay",
        question=_("Can a customer pay with Alipay?"),
        help_text=_(
            "Look for the blue sign at the door or the till. An Alipay+ sign alone counts too. "
            "A broken terminal is “unsure”: say so in the note."
        ),
    ),
    Trait.WECHAT_PAY: TraitFacts(
        osm_tag="payment:wechat",
        question=_("Can a customer pay with WeChat Pay?"),
        help_text=_(
            "Look for the green sign at the door or the till. "
            "A broken terminal is “unsure”: say so in the note."
        ),
    ),
    Trait.CHINESE_STAFF: TraitFacts(
        osm_tag="language:zh",
        question=_("Does somebody here speak Chinese?"),
        help_text=_("Somebody on shift now. Greeting cards and translation devices do not count."),
    ),
}
