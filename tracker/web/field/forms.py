"""What a fieldworker fills in. The forms judge; the workflows save."""

from datetime import datetime
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.fieldwork.entry import NOTE_LIMIT, Entry, VisitEntry
from tracker.fieldwork.models import Visit
from tracker.languages import in_language
from tracker.places.grid import Fix, e7
from tracker.places.kinds import Segment
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait
from tracker.web.entries.till import RoutesField, route_help

SHOWN_ANSWERS = [
    (Answer.YES.value, pgettext_lazy("answer", "Yes")),
    (Answer.NO.value, pgettext_lazy("answer", "No")),
    (Answer.UNSURE.value, pgettext_lazy("answer", "Unsure")),
]
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"


class PositionMixin(forms.Form):
    """Hidden fields that field.js fills in; empty without it."""

    lat = forms.DecimalField(required=False, widget=forms.HiddenInput)
    lon = forms.DecimalField(required=False, widget=forms.HiddenInput)
    accuracy = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def fix(self) -> Fix | None:
        """Where the phone was, if it said so and if that is on this earth."""
        lat, lon = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            return None
        return Fix(e7(lat), e7(lon), self.cleaned_data.get("accuracy"))


class VisitForm(PositionMixin):
    """One visit: the answers, how the worker knows, what else there was."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    opened_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome of the visit"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    evidence = forms.ChoiceField(
        label=_("How do you know?"),
        choices=Evidence.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    observed_at = forms.DateTimeField(
        label=_("When"),
        input_formats=[LOCAL_FORMAT, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_FORMAT),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photo = forms.FileField(
        label=_("Photo of the sign"),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for trait in Trait:
            self.fields[trait.value] = forms.ChoiceField(
                label=in_language(trait.spec.question),
                help_text=in_language(trait.spec.help),
                choices=SHOWN_ANSWERS,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["routes"] = RoutesField(help_text=_("Choose everything that you can see."))

    def trait_fields(self) -> list[forms.BoundField]:
        return [self[trait.value] for trait in Trait]

    def route_help(self) -> list[tuple[str, str, str]]:
        return route_help()

    def entry(self, shop_id: int) -> VisitEntry:
        """The cleaned form as an entry; an untouched question was not checked."""
        data = self.cleaned_data
        said = Entry(
            outcome=Outcome(data["outcome"]),
            answers={trait: Answer(data.get(trait.value) or Answer.NOT_CHECKED) for trait in Trait},
            routes=data["routes"],
            evidence=data["evidence"],
            note=data["note"],
            observed_at=data["observed_at"],
            opened_at=data["opened_at"],
            fix=self.fix(),
        )
        return VisitEntry(data["uuid"], shop_id, said)

    def photos(self) -> list[bytes]:
        upload = self.cleaned_data.get("photo")
        return [upload.read()] if upload else []


def first_values(at: datetime, uuid: UUID | None = None) -> dict[str, object]:
    """What an empty visit form begins with; the UUID makes a double tap one visit."""
    return {
        "uuid": uuid or uuid4(),
        "opened_at": at.isoformat(),
        "observed_at": at,
        "outcome": Outcome.ANSWERED.value,
    }


def values_of(visit: Visit, at: datetime) -> dict[str, object]:
    """The worker's own answers, to be mended."""
    mended = ("uuid", "outcome", *TRAITS, "evidence", "note", "observed_at")
    values = {name: getattr(visit, name) for name in mended}
    return values | {"routes": visit.seen_routes, "opened_at": at.isoformat()}


class ShopForm(forms.Form):
    """A shop that nobody has listed."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the shop"), max_length=200)
    segment = forms.ChoiceField(label=_("Kind of shop"), choices=Segment.choices)
    floor = forms.CharField(label=_("Floor"), max_length=10, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    lat = forms.CharField(label=_("Latitude"), max_length=20)
    lon = forms.CharField(label=_("Longitude"), max_length=20)
    is_new = forms.BooleanField(label=_("None of these: add a new shop"), required=False)


class NearForm(forms.Form):
    """What to look for, and from where."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    lat = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    lon = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
