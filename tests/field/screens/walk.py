"""What a fieldworker does with the app, tap by tap."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.field.screens.site import Site, shop_uuid

TRAITS = ("alipay", "wechat_pay", "chinese_staff")


@dataclass
class App:
    """One page with the app; `errors` is what the console complained of."""

    page: Page
    language: str
    site: Site
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def path(self) -> str:
        return f"/field/app/{self.language}/"

    def start(self, *, with_plan: bool) -> None:
        self.page.goto(self.path)
        self.ready("welcome")
        self.page.locator("[data-part=go]").click()
        self.ready("nearby")
        if not with_plan:
            return
        # The position is on its way: the first fix decides what is loaded.
        chip = self.page.locator("[data-part=accuracy]")
        expect(chip).not_to_have_attribute("data-state", "waiting")
        # A rough position is shown as bad too, but only a denied one cannot load anything.
        if "±" not in chip.inner_text():
            self.page.locator("summary").click()
            self.page.locator("[data-part=wards] button").click()
        else:
            self.page.locator("[data-part=load]").click()
        expect(self.page.locator("[data-shop]").first).to_be_visible()

    def ready(self, screen: str) -> None:
        """Wait until a screen has been drawn."""
        self.page.wait_for_selector(f'main[data-screen="{screen}"][data-ready="{screen}"]')

    def go(self, hash_: str, screen: str) -> None:
        self.page.evaluate("document.getElementById('content').dataset.ready = ''")
        self.page.evaluate("hash => { location.hash = hash }", hash_)
        self.ready(screen)

    def visit(self, number: int) -> None:
        """Tap the row of a shop."""
        self.page.locator(f'[data-shop="{shop_uuid(number)}"]').click()
        self.ready("visit")

    def answer(self, trait: str, answer: str) -> None:
        self.page.locator(f'fieldset[data-trait="{trait}"] label.{answer}').click()

    def see(self, *routes: str) -> None:
        """Choose what is at the till, or take it back."""
        for route in routes:
            self.page.locator("label.pick", has=self.page.locator(f"[value={route}]")).click()

    def seen(self) -> list[str]:
        """What the form shows as seen at the till."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('[data-part=till] :checked')].map(one => one.value)"
        )
        return found

    def answer_all(self, *answers: str, seen: str = "terminal") -> None:
        """Every trait, and one thing at the till; "" for none."""
        for trait, answer in zip(TRAITS, answers, strict=True):
            self.answer(trait, answer)
        self.see(*filter(None, [seen]))

    def save(self) -> None:
        """Save and arrive at the list."""
        self.page.locator("[data-part=save]").click()
        self.ready("nearby")

    def chosen(self) -> dict[str, str]:
        """The answers the form shows."""
        found: dict[str, str] = self.page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('fieldset[data-trait] :checked')]"
            ".map(one => [one.name, one.value]))"
        )
        return found

    def draft_saved(self) -> None:
        self.page.wait_for_selector('form[data-draft="saved"]')

    def order(self) -> list[str]:
        """The numbers of the shops as they stand in the list."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('[data-shop]')].map(one => one.dataset.shop.slice(-2))"
        )
        return found

    def sent(self, count: int = 1) -> None:
        """Wait until so many entries have reached the site."""
        for _ in range(100):
            if len(self.site.entries) >= count:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{len(self.site.entries)} of {count} entries were sent")
