"""Which form an answer takes: `format=` in the address, else what the program accepts."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from tracker.api.parameters import FORMAT
from tracker.publication.figures.filters import one_of, only_values


class Negotiation(DefaultContentNegotiation):
    """An unknown or repeated `format` is a wrong parameter like any other, not a missing page."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        values = only_values(request.query_params.lists())
        known = list(renderers)
        allowed = tuple(renderer.format or "" for renderer in known)
        if FORMAT.name in values and len(allowed) == 1:
            return known[0], known[0].media_type  # the view will say that it has no forms
        if values.get(FORMAT.name):
            form = one_of(values, FORMAT.name, "", allowed)
            renderer = next(one for one in known if one.format == form)
            return renderer, renderer.media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, known, format_suffix)
        return chosen
