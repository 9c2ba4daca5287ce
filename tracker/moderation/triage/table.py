"""The one table of flags: what each is called, says, weighs, and when it is wrong.

`docs/desk.md` shows it, and a test compares. A rule that changes gets a higher version.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class FlagKind:
    """One row. `weight` is what it adds to the score, `strong` where the number is far beyond.

    The sentence may name `number`, `limit` and the finding's own facts.
    """

    code: str
    version: int
    weight: float
    strong: float
    title: Text
    sentence: Text
    false_alarm: Text
    digits: int = 0  # of the number, in the sentence
    raises_order: bool = False  # looked at earlier, though it weighs nothing


FLAGS: dict[str, FlagKind] = {
    kind.code: kind
    for kind in (
        FlagKind(
            "far", 1, 1.0, 2.0,
            _("Off site"),
            _("%(number)s m from the shop after subtracting the accuracy; more than %(limit)s m."),
            _("The shop stands at the wrong place on the map: then others are off the same way, "
              "and the flag weighs half."),
        ),
        FlagKind(
            "gps_poor", 1, 0.5, 0.5,
            _("Poor GPS"),
            _("The position is only known to within %(number)s m; more than %(limit)s m."),
            _("Indoors, underground or between high buildings."),
        ),
        FlagKind(
            "no_gps", 1, 0.5, 0.5,
            _("No GPS"),
            _("No position was sent."),
            _("An underground mall, a phone that has just started, location switched off."),
        ),
        FlagKind(
            "frozen", 1, 0.5, 2.0,
            _("Frozen GPS"),
            _("The very same position at %(number)s different shops; "
              "from %(limit)s on it is shown."),
            _("A phone that repeats its last position indoors: then the shops lie side by side, "
              "and the flag weighs little."),
        ),
        FlagKind(
            "accuracy", 1, 0.5, 0.5,
            _("Frozen accuracy"),
            _("The phone said an accuracy of %(accuracy)s m in %(number)s entries on end; "
              "from %(limit)s on it is shown."),
            _("A kind of phone that rounds its accuracy to few values."),
        ),
        FlagKind(
            "travel", 1, 1.0, 2.0,
            _("Impossible travel"),
            _("%(number)s km/h since the shop before, %(metres)s m away; "
              "more than %(limit)s km/h."),
            _("The clock of the phone jumped, or two entries were written down later."),
        ),
        FlagKind(
            "fast", 1, 1.0, 1.0,
            _("Very quick"),
            _("Filled in within %(number)s s; others here take more than %(limit)s s."),
            _("A worker who knows the shop, or noted the answers on paper first."),
            digits=1,
        ),
        FlagKind(
            "burst", 1, 1.0, 1.0,
            _("Burst"),
            _("%(number)s entries within %(seconds)s s over %(metres)s m; more than %(limit)s."),
            _("Shops door by door, written down together."),
        ),
        FlagKind(
            "walk", 1, 1.0, 1.0,
            _("Too quick on foot"),
            _("%(number)s m/s from the shop before, %(metres)s m away; "
              "nobody walks more than %(limit)s m/s."),
            _("A bicycle; two shops written down at the second one."),
            digits=1,
        ),
        FlagKind(
            "batch", 1, 2.0, 2.0,
            _("Written at one place"),
            _("%(number)s entries finished at one place within 10 minutes, though the shops are "
              "%(metres)s m apart; more than %(limit)s."),
            _("A break in which notes on paper are typed in."),
        ),
        FlagKind(
            "night", 1, 0.5, 0.5,
            _("At night"),
            _("Logged at %(number)s o’clock in Tokyo, before %(limit)s o’clock."),
            _("Late bars and shops; a phone with a wrong clock."),
        ),
        FlagKind(
            "photo_same", 1, 1.0, 3.0,
            _("Photo used again"),
            _("The same photo came with entry %(visit)s; %(number)s entries in all have it."),
            _("None between two shops. At one shop: the photo was chosen again by mistake."),
        ),
        FlagKind(
            "photo_near", 1, 2.0, 2.0,
            _("Photo looks used before"),
            _("The photo is %(number)s %% the same picture as that of entry %(visit)s of another "
              "shop (%(how)s); from %(limit)s %% on it is shown."),
            _("Close-ups of the same sticker; dark or blank pictures."),
        ),
        FlagKind(
            "photo_missing", 1, 0.5, 0.5,
            _("No photo"),
            _("A photo was asked for; none came and no reason was given."),
            _("The worker forgot, or was told not to."),
        ),
        FlagKind(
            "photo_late", 1, 0.5, 0.5,
            _("Photo still missing"),
            _("Only %(number)s of %(limit)s announced photos can be seen so far."),
            _("Bad signal: photos travel after the entry, and are looked at once they are here."),
        ),
        FlagKind(
            "all_unsure", 1, 0.5, 0.5,
            _("All unsure"),
            _("All %(number)s answers are “unsure”."),
            _("A broken terminal, or nobody who could tell."),
        ),
        FlagKind(
            "flip_flop", 1, 1.0, 1.0,
            _("Back and forth"),
            _("%(trait)s changed %(number)s times within a year; from %(limit)s on it is shown."),
            _("A shop that tries a service out; a seasonal member of staff."),
        ),
        FlagKind(
            "conflict", 1, 1.0, 1.0,
            _("Two workers disagree"),
            _("Another worker answered %(trait)s otherwise %(number)s days before; "
              "within %(limit)s days it is shown."),
            _("The shop has just changed, or the other worker was wrong."),
        ),
        FlagKind(
            "twin_shop", 1, 1.0, 1.0,
            _("Shop listed twice?"),
            _("“%(name)s” stands %(number)s m away; below %(limit)s m it may be the same shop."),
            _("Two branches in one building; a name that many shops share."),
        ),
        FlagKind(
            "clock", 1, 0.5, 0.5,
            _("Clock"),
            _("The clock of the phone was %(number)s s off; more than %(limit)s s."),
            _("A phone without network time. The time shown is corrected."),
        ),
        FlagKind(
            "uniform", 1, 1.0, 1.0,
            _("Too uniform (worker)"),
            _("The answers of this worker vary less than those of others here: %(number)s "
              "deviations below; from %(limit)s on it is shown (%(n)s entries)."),
            _("A street of one chain; somebody who is sent to one kind of shop."),
            digits=1,
        ),
        FlagKind(
            "copies", 1, 1.0, 1.0,
            _("Same as the entry before (worker)"),
            _("%(number)s of %(n)s entries equal the one before; others here would have "
              "%(expected)s. Chance under %(limit)s."),
            _("Neighbours that really are alike, beyond what the ward and the kind of shop tell."),
        ),
        FlagKind(
            "mix", 1, 1.0, 1.0,
            _("Many closed or refused (worker)"),
            _("%(number)s of %(n)s entries have no answers; others here would have %(expected)s. "
              "Chance under %(limit)s."),
            _("A round on the day the street is closed."),
        ),
        FlagKind(
            "shortest", 1, 0.5, 0.5,
            _("Shortest way (worker)"),
            _("%(share)s %% of entries without evidence, note or photo: %(number)s deviations "
              "above others here; from %(limit)s on it is shown (%(n)s entries)."),
            _("A worker who was never shown the other fields."),
            digits=1,
        ),
        FlagKind(
            "chain", 1, 0.0, 0.0,
            _("Unlike its chain"),
            _("%(number)s of the last %(n)s shops of this chain answered %(trait)s otherwise."),
            _("Most often true: franchises differ. Never a reason to send back."),
        ),
        FlagKind(
            "new_worker", 1, 0.0, 0.0,
            _("New worker"),
            _("Entry number %(number)s of this worker; the first %(limit)s are all looked at."),
            _("Says nothing about the entry."),
        ),
        FlagKind(
            "changed", 1, 0.0, 0.0,
            _("Changed"),
            _("%(number)s answers differ from the last approved entry."),
            _("Most often true: that is what the survey is for."),
            raises_order=True,
        ),
    )
}  # fmt: skip

HOW_ALIKE: dict[str, Text] = {
    "whole": _("as it is"),
    "mirrored": _("mirrored"),
    "cropped": _("cropped"),
}


def weight_of(code: str, *, is_strong: bool = False) -> float:
    kind = FLAGS[code]
    return kind.strong if is_strong else kind.weight
