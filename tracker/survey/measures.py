"""What is counted: each trait, and unions of traits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    ALIPAY = "alipay", _("Alipay")
    WECHAT_PAY = "wechat_pay", _("WeChat Pay")
    CHINESE_STAFF = "chinese_staff", _("Chinese-speaking staff")
    EITHER_WALLET = "either_wallet", _("Alipay or WeChat Pay")
