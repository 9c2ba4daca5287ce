"""A public claim as an administrator types it in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.survey.measures import Measure
from tracker.survey.traits import Trait
from tracker.web.site.areas import ward_choices
from tracker.workflows.publishing.public_claims import ClaimEntry


class FirstForm(forms.Form):
    """A ward and a trait; both are chosen before anything is shown."""

    ward = forms.ChoiceField(label=_("Ward"), choices=ward_choices)
    measure = forms.ChoiceField(label=_("Measure"), choices=Trait.choices)


class ClaimForm(forms.Form):
    slug = forms.SlugField(
        label=_("Short name for the URL: lowercase letters, digits and hyphens"), max_length=60
    )
    text_ja = forms.CharField(label=_("The claim in Japanese"), max_length=300)
    text_zh_hans = forms.CharField(label=_("The claim in simplified Chinese"), max_length=300)
    text_en = forms.CharField(label=_("The claim in English"), max_length=300)
    reading_ja = forms.CharField(label=_("How it is tested, in Japanese"), max_length=300)
    reading_zh_hans = forms.CharField(
        label=_("How it is tested, in simplified Chinese"), max_length=300
    )
    reading_en = forms.CharField(label=_("How it is tested, in English"), max_length=300)
    source = forms.CharField(label=_("Who said so, where and when"), max_length=300)
    source_url = forms.URLField(
        label=_("URL of the source (optional)"), required=False, assume_scheme="https"
    )
    measures = forms.MultipleChoiceField(
        label=_("Measures that must reach the share in every city"),
        choices=Measure.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    segment = forms.ChoiceField(
        label=_("Kind of shop"),
        choices=[(ALL_SEGMENTS, _("All shops")), *Segment.choices],
        initial=ALL_SEGMENTS,
    )
    at_least = forms.IntegerField(
        label=_("Holds from this share, in per cent"), min_value=1, max_value=100, initial=50
    )

    def entry(self) -> ClaimEntry:
        """What was typed; the form must be valid."""
        return ClaimEntry(**self.cleaned_data)
