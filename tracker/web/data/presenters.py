"""A release as its page shows it."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.languages import in_language
from tracker.months import month_text
from tracker.places.atlas.cities import City
from tracker.publication.figures.licence import LICENCE_URL
from tracker.publication.files.citation import Citation
from tracker.publication.releases.models import Release


@dataclass(frozen=True)
class FileRow:
    """One file: what it is for, and what is known of it."""

    name: str
    meaning: str
    size_bytes: int
    rows: int
    sha256: str


def meaning_of(name: str) -> str:
    """What a file is for, in the reader's language."""
    meanings = {
        "adoption.csv": _("Cities and wards, every month (CSV for programs)"),
        "adoption-excel.csv": _("As CSV for Excel"),
        "adoption.json": _("As JSON"),
        "adoption.parquet": _("As Parquet, for DuckDB, pandas and R"),
        "adoption.xlsx": _("As an Excel workbook, with dictionary and notes"),
        "squares.csv": _("Grid squares at the end of the last month (CSV for programs)"),
        "ward.geojson": _("Wards with their outlines, for a map"),
        "grid1000.geojson": _("Squares of 1 km, for a map"),
        "grid500.geojson": _("Squares of 500 m, for a map"),
        "grid250.geojson": _("Squares of 250 m, for a map"),
    }
    return meanings.get(name, _("Data package: tables, codebook and citation in one file"))


def file_rows(release: Release) -> list[FileRow]:
    return [
        FileRow(file.name, meaning_of(file.name), file.size_bytes, file.rows, file.sha256)
        for file in release.files.order_by("pk")
    ]


def download_name(release: str, file: str) -> str:
    """A name that says what it is when it lies in a folder of downloads."""
    return file if file.startswith("noren-") else f"noren-{release}-{file}"


def dataset_block(release: Release, citation: Citation) -> SafeString:
    """The dataset as the text of a data block; no sign in it can end the block."""
    text = json.dumps(dataset_of(release, citation), ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  # every sign that HTML knows is escaped above


def dataset_of(release: Release, citation: Citation) -> dict[str, object]:
    """schema.org Dataset."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": f"{citation.title()} ({release.name})",
        "description": " ".join(citation.notes()).strip(),
        "version": release.name,
        "url": citation.url,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "datePublished": release.published_at and release.published_at.isoformat(),
        "temporalCoverage": f"../{month_text(release.last_month)}",
        "spatialCoverage": [in_language(city.facts.short_names, "en") for city in City],
        "creator": {"@type": "Organization", "name": "Noren", "url": settings.PUBLIC_URL},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": settings.PUBLIC_URL
                + reverse("data-file", kwargs={"name": release.name, "file": file.name}),
                "encodingFormat": file.content_type.partition(";")[0],
                "contentSize": str(file.size_bytes),
                "sha256": file.sha256,
            }
            for file in release.files.order_by("pk")
        ],
    }
