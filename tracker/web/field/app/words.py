"""The sentences that the scripts of the field app say, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.places.kinds import Segment
from tracker.survey.answers import Answer, NoPhoto
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait
from tracker.web.entries.till import route_picks


def words() -> dict[str, str]:
    """Key → sentence; `{name}` stands for what the script puts in."""
    return (
        _labels()
        | _status()
        | _errors()
        | _positions()
        | _nearby()
        | _visit()
        | _photos()
        | _new_shop()
        | _outbox()
        | _outbox_rows()
        | _work()
        | _account()
    )


def _labels() -> dict[str, str]:
    """Values of closed lists as the worker reads them, under `KIND.VALUE`."""
    return {
        **{f"segment.{value}": str(label) for value, label in Segment.choices},
        **{f"trait.{value}": str(label) for value, label in Trait.choices},
        **{f"answer.{value}": str(label) for value, label in Answer.choices},
        **{f"route.{value}": short for value, short, _label in route_picks()},
        **{f"outcome.{value}": str(label) for value, label in Outcome.choices},
        **{f"no_photo.{value}": str(label) for value, label in NoPhoto.choices},
    }


def _status() -> dict[str, str]:
    return {
        "online": _("Online"),
        "offline": _("Offline"),
        "waiting": _("Unsent: {n}"),
        "needs_you": _("Needs attention: {n}"),
        "all_sent": _("All sent"),
        "today": _("Today {n}"),
        "metres": _("{n} m"),
        "kilometres": _("{n} km"),
    }


def _errors() -> dict[str, str]:
    return {
        "error.away": _("No connection. Try again where there is signal."),
        "error.full": _("The phone is full. Free up space, then save again."),
        "error.not_signed_in": _("Sign in first."),
        "error.superseded": _(
            "The app was updated in another window. Close this window and open it again."
        ),
        "error.draft_in_the_way": _(
            "This shop already has an unfinished visit. Complete it first."
        ),
        "error.too_large": _("This photo is too large for the phone. Take it again."),
        "error.unknown": _("Something went wrong. Nothing was lost. Try again."),
    }


def _positions() -> dict[str, str]:
    return {
        "gps.off": _("No position"),
        "gps.from": _("Sorted from where you were at {time}. Waiting for the position."),
        "gps.first": _("Waiting for the position. You can search by name meanwhile."),
        "gps.poor": _("Rough position (within {n} m). Step away from the building."),
        "gps.area": _(
            "Your phone gives only an approximate position (within {n} m). Turn on “Precise "
            "location” for this app."
        ),
        "gps.done": _("Location access allowed (within {n} m)."),
        "gps.denied": _("The phone cannot find its position."),
    }


def _nearby() -> dict[str, str]:
    return {
        "due.due": pgettext("shop", "Due"),
        "due.not_due": pgettext("shop", "Not due"),
        "due.never": pgettext("shop", "Never visited"),
        "unfinished": _("Not finished"),
        "no_name": _("(no name)"),
        "seen_today": _("Logged today"),
        "saved": _("Saved on this phone"),
        "taken_back": _("Undone. The answers are kept in the form."),
        "sent_already": _("Already sent. Change it in the form and save again."),
        "empty.due": _("No shop is due near here. Look under “All”."),
        "empty.all": _("No shop near here. Search by name, or add a new shop."),
        "empty.new": _("Every shop near here has been visited."),
        "empty.find": _("No shop matches this name or address. Try fewer letters."),
        "plan.age": _("Shops as of {when}"),
        "plan.old": _("Shops as of {when}. Load them again where there is signal."),
        "plan.none": _("No shops on this phone yet"),
        "plan.loading": _("Loading…"),
        "plan.loaded": _("Shops loaded: {n}."),
        "plan.no_place": _("The position is not known yet. Choose a ward."),
        "clock": _(
            "The clock of this phone is {n} minutes off. The times of visits are "
            "corrected automatically."
        ),
        "sorted": _("Sorted again from here."),
        "sign_in.send": _(
            "Unsent entries: {n}. Sign in to send them. They are safe on this phone."
        ),
        "sign_in.first": _("Sign in to load shops and send visits."),
    }


def _visit() -> dict[str, str]:
    return {
        "visit.last": _("Last visit {date}"),
        "visit.never": _("Never visited"),
        "visit.other": _("Visited today by another person"),
        "visit.own": _("You logged this shop today"),
        "visit.far": _("Are you at the shop? It is about {distance} away."),
        "visit.change": _("Choose another shop"),
        "visit.differs": _("Last time ({date}): {what}. Check again, or keep your answer."),
        "visit.differs_one": _("{trait} {answer}"),
        "visit.missing": _("Please answer: {trait}."),
        "visit.missing_till": _("Please choose what is at the till."),
        "visit.at_till": _("At the till: {routes}"),
        "visit.cleared": _("Answer cleared: {trait}."),
        "visit.mend": _("Sent back. Change what is wrong, then save."),
        "visit.practice": _("Practice: this visit is not sent."),
        "visit.practised": _("Well done. The practice visit was not sent."),
        "visit.practice_shop": _("Practice shop"),
        "visit.restored": _("Your unfinished answers were restored."),
        "visit.note": _("Note: {note}"),
        "visit.no_save": _("It could not be saved on this phone: {why}"),
    }


def _photos() -> dict[str, str]:
    return {
        "photo.add": _("Photo"),
        "photo.count": _("Photo: {n}"),
        "photo.working": _("Processing…"),
        "photo.missing": _("Take a photo, or say why there is none."),
        "photo.why": _("Say in the note why there is no photo."),
        "photo.none": _("No photo: {why}"),
        "photo.as_is": _("The photo could not be made smaller. It is sent later in full size."),
        "photo.enough": _("At most eight photos."),
    }


def _new_shop() -> dict[str, str]:
    return {
        "new.name": _("Enter the name of the shop."),
        "new.segment": _("Choose the kind of shop."),
        "new.position": _("A new shop needs a position."),
        "new.place": _("Position of the phone at {time}, within {n} m."),
        "new.place_of": _("Position of the neighbouring shop: {shop}."),
        "new.no_place": _("Not known yet."),
    }


def _outbox() -> dict[str, str]:
    return {
        "outbox.sealed": _("Sealed entry of {time}"),
        "outbox.idle": _("All sent. This phone has no unsent entries."),
        "outbox.waiting": _("Unsent on this phone: {n}."),
        "outbox.sending": _("Sending: {done} of {all}."),
        "outbox.next": _("Trying again at {time}."),
        "outbox.offline": _("Offline. Entries are sent automatically when there is signal."),
        "outbox.signed_out": _("Sign in to send."),
        "outbox.forbidden": _("Your account may not send visits. Ask your coordinator."),
        "outbox.elsewhere": _("Another window of this app is sending."),
        "outbox.sent": _("Sent at {time}"),
        "outbox.room": _("{used} used, {free} free."),
        "outbox.full": _("The phone is nearly full. Send your entries and free up space."),
        "outbox.persisted": _("The browser has promised to keep unsent visits."),
        "outbox.not_persisted": _(
            "When the phone is full, the browser may delete unsent visits. Add the app to "
            "the home screen to keep them safe."
        ),
        "outbox.exported": _("The file was saved to the phone’s downloads."),
    }


def _outbox_rows() -> dict[str, str]:
    return {
        "act.retry": _("Try again"),
        "act.edit": _("Edit"),
        "act.undo": _("Undo"),
        "act.open": _("Continue"),
        "act.discard": _("Discard"),
        "outbox.photos": _("Photos: {n}"),
        "outbox.no_undo": _("It could not be undone: {why}"),
        **_withdrawing(),
    }


def _withdrawing() -> dict[str, str]:
    return {
        "act.withdraw": _("Withdraw"),
        "outbox.withdrawn": _("Withdrawn at {time}"),
        "withdraw.done": _("Entry withdrawn."),
        "withdraw.offline": _(
            "Withdrawing needs signal. There was no answer, so the entry may still count. "
            "Try again where there is signal."
        ),
    }


def _work() -> dict[str, str]:
    return {
        "work.loading": _("Loading…"),
        "work.offline": _("This page needs signal. Unsent entries are in the outbox."),
        "work.signed_out": _("Sign in to see your work."),
        "work.none_back": _("Nothing has been sent back."),
        "work.mend": _("Edit entry"),
        "work.seen": _("Visited {when}"),
        "work.today": _("Today"),
        "work.photo": _("Photo of the sign"),
    }


def _account() -> dict[str, str]:
    return {
        "who": _("Signed in as {name}."),
        "who.offline": _("{name}: your session has expired. Sign in again to send."),
        "who.nobody": _("Not signed in."),
        "out.waiting": _("Unsent on this phone: {n}."),
        "out.nothing": _("Everything is sent."),
        "out.offline": _("Signing out needs signal."),
        "out.left": _("Not everything could be sent. You can keep it on this phone."),
    }
