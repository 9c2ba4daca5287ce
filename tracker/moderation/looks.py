"""The look of a photo, kept so that it can be compared with those that come later."""

from django.db import models

from tracker.fieldwork.models import Photo


class PhotoLook(models.Model):
    """A ready photo in 32 × 32 greys, row by row."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="look")
    greys = models.BinaryField()

    def __str__(self) -> str:
        return f"look of photo {self.photo_id}"
