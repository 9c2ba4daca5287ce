"""Which wards and cities a fieldworker looks after. It directs, and forbids nothing."""

from django.db import models
from django.db.models import QuerySet

from tracker.accounts.models import User
from tracker.places.models import Area


class Assignment(models.Model):
    """One area of one person."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "area"], name="a_person_has_an_area_once")
        ]

    def __str__(self) -> str:
        return f"area {self.area_id} of person {self.person_id}"


def areas_of(person: User) -> QuerySet[Area]:
    """The areas of a person, in the order of their codes."""
    return Area.objects.filter(assignments__person=person).order_by("code")


def area_codes_of(person: User) -> list[str]:
    """The codes of the same areas. One statement on one table."""
    rows = Assignment.objects.filter(person=person).order_by("area")
    return list(rows.values_list("area_id", flat=True))
