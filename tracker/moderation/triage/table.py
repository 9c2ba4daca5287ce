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
            _("Far from the shop"),
            _("%(number)s m from the shop after subtracting the accuracy; the limit is "
              "%(limit)s m."),
            _("The shop is at the wrong place on the map. Others are then off in the same "
              "way, and the flag weighs half."),
        ),
        FlagKind(
            "gps_poor", 1, 0.5, 0.5,
            _("Poor GPS"),
            _("The position is only known to within %(number)s m; the limit is %(limit)s m."),
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
            _("Exactly the same position at %(number)s different shops (shown from "
              "%(limit)s)."),
            _("A phone that repeats its last position indoors. The shops are then next to "
              "each other, and the flag weighs little."),
        ),
        FlagKind(
            "accuracy", 1, 0.5, 0.5,
            _("Frozen accuracy"),
            _("The phone reported an accuracy of %(accuracy)s m in %(number)s entries in a "
              "row (shown from %(limit)s)."),
            _("A kind of phone that rounds its accuracy to few values."),
        ),
        FlagKind(
            "travel", 1, 1.0, 2.0,
            _("Impossible travel"),
            _("%(number)s km/h from the previous shop, %(metres)s m away; the limit is "
              "%(limit)s km/h."),
            _("The clock of the phone jumped, or two entries were made later."),
        ),
        FlagKind(
            "fast", 1, 1.0, 1.0,
            _("Completed very quickly"),
            _("Completed in %(number)s s; others here take more than %(limit)s s."),
            _("A worker who knows the shop or took notes on paper first."),
            digits=1,
        ),
        FlagKind(
            "burst", 1, 1.0, 1.0,
            _("Burst of entries"),
            _("%(number)s entries within %(seconds)s s over %(metres)s m; the limit is "
              "%(limit)s."),
            _("Shops next to each other, entered together."),
        ),
        FlagKind(
            "walk", 1, 1.0, 1.0,
            _("Implausible speed between entries"),
            _("%(number)s m/s from the previous shop, %(metres)s m away; nobody walks faster "
              "than %(limit)s m/s."),
            _("A bicycle; two shops entered at the second one."),
            digits=1,
        ),
        FlagKind(
            "batch", 1, 2.0, 2.0,
            _("Submitted from one location"),
            _("%(number)s entries saved at one location within 10 minutes, though the shops "
              "are %(metres)s m apart; the limit is %(limit)s."),
            _("A break in which notes on paper are typed in."),
        ),
        FlagKind(
            "night", 1, 0.5, 0.5,
            _("At night"),
            _("Logged after %(number)s:00 Tokyo time, before %(limit)s:00."),
            _("Bars and shops open at night; a phone with a wrong clock."),
        ),
        FlagKind(
            "photo_same", 1, 1.0, 3.0,
            _("Photo used again"),
            _("The same photo was sent with entry %(visit)s; %(number)s entries have it in "
              "all."),
            _("None between two shops. At one shop: the same photo chosen again by mistake."),
        ),
        FlagKind(
            "photo_near", 1, 2.0, 2.0,
            _("Photo looks used before"),
            _("The photo matches that of entry %(visit)s of another shop by %(number)s %% "
              "(%(how)s; shown from %(limit)s %%)."),
            _("Close-ups of the same sticker; dark or blank pictures."),
        ),
        FlagKind(
            "photo_missing", 1, 0.5, 0.5,
            _("Photo missing"),
            _("A photo was required; none was sent and no reason was given."),
            _("The worker forgot, or was asked not to take one."),
        ),
        FlagKind(
            "photo_late", 1, 0.5, 0.5,
            _("Photo still missing"),
            _("Only %(number)s of %(limit)s announced photos have arrived so far."),
            _("Weak signal: photos are sent after the entry and are screened on arrival."),
        ),
        FlagKind(
            "all_unsure", 1, 0.5, 0.5,
            _("All unsure"),
            _("All %(number)s answers are “unsure”."),
            _("A broken terminal, or nobody who could tell."),
        ),
        FlagKind(
            "flip_flop", 1, 1.0, 1.0,
            _("Answers going back and forth"),
            _("%(trait)s changed %(number)s times within a year (shown from %(limit)s)."),
            _("A shop trying out a service; seasonal staff."),
        ),
        FlagKind(
            "conflict", 1, 1.0, 1.0,
            _("Two workers disagree"),
            _("Another worker gave the opposite answer to %(trait)s %(number)s days before "
              "(shown within %(limit)s days)."),
            _("The shop has just changed, or the other worker was wrong."),
        ),
        FlagKind(
            "twin_shop", 1, 1.0, 1.0,
            _("Possible duplicate shop"),
            _("“%(name)s” is %(number)s m away; within %(limit)s m it may be the same shop."),
            _("Two branches in one building; a name that many shops share."),
        ),
        FlagKind(
            "clock", 1, 0.5, 0.5,
            _("Clock off"),
            _("The clock of the phone was %(number)s s off; the limit is %(limit)s s."),
            _("A phone without network time. The time shown is corrected."),
        ),
        FlagKind(
            "uniform", 1, 1.0, 1.0,
            _("Low answer variance"),
            _("The answers of this worker vary less than those of others here: %(number)s "
              "standard deviations below (shown from %(limit)s; %(n)s entries)."),
            _("A street of one chain; a worker who covers one kind of shop."),
            digits=1,
        ),
        FlagKind(
            "copies", 1, 1.0, 1.0,
            _("Same as the entry before"),
            _("%(number)s of %(n)s entries equal the one before; %(expected)s would be "
              "expected of others here (probability under %(limit)s)."),
            _("Neighbouring shops that really are alike, beyond what ward and kind of shop "
              "explain."),
        ),
        FlagKind(
            "mix", 1, 1.0, 1.0,
            _("Many closed or refused"),
            _("%(number)s of %(n)s entries have no answers; %(expected)s would be expected "
              "of others here (probability under %(limit)s)."),
            _("A round on the day the street is closed."),
        ),
        FlagKind(
            "shortest", 1, 0.5, 0.5,
            _("Satisficing"),
            _("%(share)s %% of entries have no evidence, note or photo: %(number)s standard "
              "deviations above others here (shown from %(limit)s; %(n)s entries)."),
            _("A worker who was never shown the other fields."),
            digits=1,
        ),
        FlagKind(
            "chain", 1, 0.0, 0.0,
            _("Unlike its chain"),
            _("%(number)s of the last %(n)s shops of this chain have the opposite answer to "
              "%(trait)s."),
            _("Usually true: franchises differ. Not a reason to send back."),
        ),
        FlagKind(
            "new_worker", 1, 0.0, 0.0,
            _("New worker"),
            _("Entry number %(number)s of this worker; the first %(limit)s are all reviewed."),
            _("Says nothing about the entry."),
        ),
        FlagKind(
            "changed", 1, 0.0, 0.0,
            _("Changed since last visit"),
            _("%(number)s answers differ from the last approved entry."),
            _("Usually true: finding changes is the purpose of the survey."),
            raises_order=True,
        ),
    )
}  # fmt: skip

HOW_ALIKE: dict[str, Text] = {
    "whole": _("as is"),
    "mirrored": _("mirrored"),
    "cropped": _("cropped"),
}


def weight_of(code: str, *, is_strong: bool = False) -> float:
    kind = FLAGS[code]
    return kind.strong if is_strong else kind.weight
