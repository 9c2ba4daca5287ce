"""Reference data for administrators: everything can be read, only roles can be changed."""

from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, may
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Visit
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.frames.models import Frame
from tracker.jobs.models import Job
from tracker.moderation.models import Decision
from tracker.moderation.rates import Rate
from tracker.moderation.sampling import RATES, out_of_range
from tracker.outbox.models import OutboxMessage
from tracker.places.models import Area, Shop
from tracker.workflows.judging import rates
from tracker.workflows.people import people


class ReadOnlySite(AdminSite):
    """Opens for the role that the permission table names; sign-in is the common page."""

    site_header = site_title = "Noren"

    def has_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Action.USE_ADMIN)


class ReadOnly(ModelAdmin):  # type: ignore[type-arg]  # one class for every model
    """Shown, never changed here."""

    actions = None

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, Action.USE_ADMIN)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Action.USE_ADMIN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class UserAdmin(ReadOnly):
    """Role and activity can be changed, through the workflow that writes the log."""

    list_display = ("username", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    fields = ("username", "role", "is_active")
    readonly_fields = ("username",)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, Action.USE_ADMIN)

    def save_model(
        self, request: HttpRequest, obj: User, form: "ModelForm[User]", change: bool
    ) -> None:
        person = User.objects.get(pk=obj.pk)
        if isinstance(request.user, User):
            people.change_role(
                person=person,
                role=Role(obj.role),
                is_active=obj.is_active,
                by=request.user,
                at=timezone.now(),
            )


class ShopAdmin(ReadOnly):
    list_display = ("name", "segment", "ward", "ward_source", "ward_doubt")
    list_filter = ("segment", "ward_source")
    search_fields = ("name", "name_folded", "address")


class VisitAdmin(ReadOnly):
    list_display = ("uuid", "shop", "worker", "state", "observed_at")
    list_filter = ("state", "outcome")


class ParkedEntryAdmin(ReadOnly):
    """What waits for long: its predecessor or its shop never came, or it was decided meanwhile."""

    list_display = ("uuid", "revision", "worker", "waits_for", "received_at")
    list_filter = ("worker",)
    ordering = ("received_at",)


class ParkedPhotoAdmin(ReadOnly):
    list_display = ("visit_uuid", "worker", "sha256", "size_bytes", "received_at")
    list_filter = ("worker",)
    ordering = ("received_at",)


class EventAdmin(ReadOnly):
    list_display = ("at", "kind", "actor_name", "subject_type", "subject_id")
    list_filter = ("kind",)


class MessageAdmin(ReadOnly):
    list_display = ("handler", "about", "created_at", "attempts", "done_at", "set_aside_at")
    list_filter = ("handler",)


class RateForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """One setting of sampling; the workflow judges it again and writes the log."""

    key = forms.ChoiceField(choices=lambda: [(key, kind.title) for key, kind in RATES.items()])

    class Meta:
        model = Rate
        fields = ("key", "value")

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or self.cleaned_data
        kind, value = RATES.get(str(data.get("key"))), data.get("value")
        if kind and isinstance(value, float) and not kind.low <= value <= kind.high:
            self.add_error("value", out_of_range(kind))
        return data


class RateAdmin(ReadOnly):
    """The rates that differ from their defaults; a rate that is not listed has its default."""

    form = RateForm
    list_display = ("key", "value", "changed_at", "changed_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Action.USE_ADMIN)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, Action.USE_ADMIN)

    def save_model(
        self, request: HttpRequest, obj: Rate, form: "ModelForm[Rate]", change: bool
    ) -> None:
        if isinstance(request.user, User):
            rates.change_rate(key=obj.key, value=obj.value, by=request.user, at=timezone.now())


class JobAdmin(ReadOnly):
    list_display = ("kind", "about", "state", "done", "total", "asked_by", "begun_at", "ended_at")
    list_filter = ("kind", "state")


site = ReadOnlySite(name="admin")
site.register(User, UserAdmin)
site.register(Shop, ShopAdmin)
site.register(Visit, VisitAdmin)
site.register(ParkedEntry, ParkedEntryAdmin)
site.register(ParkedPhoto, ParkedPhotoAdmin)
site.register(AuditEvent, EventAdmin)
site.register(OutboxMessage, MessageAdmin)
site.register(Job, JobAdmin)
site.register(Rate, RateAdmin)
site.register([Area, Decision, Frame], ReadOnly)
