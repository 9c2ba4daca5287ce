"""How a program reads an answer: four short programs, made from the address itself."""

from dataclasses import dataclass
from json import dumps
from shlex import quote


@dataclass(frozen=True)
class Sample:
    """A program for a tool. `language` is for whoever colours it."""

    tool: str
    language: str
    code: str


def samples_of(address: str, *, needs_token: bool) -> list[Sample]:
    """Programs that read this address as CSV; with a token where it takes one."""
    csv = f"{address}{'&' if '?' in address else '?'}format=csv"
    return [
        Sample("pandas", "python", _pandas(csv, needs_token)),
        Sample("R", "r", _r(csv, needs_token)),
        Sample("curl", "sh", _curl(csv, needs_token)),
        Sample("QGIS", "python", _qgis(csv, needs_token)),
    ]


def _pandas(csv: str, needs_token: bool) -> str:
    # Codes are names, not numbers.
    types = 'dtype={"geo_code": str, "code": str, "ward": str, "grid250": str}'
    if not needs_token:
        return f"import pandas as pd\n\ndata = pd.read_csv({dumps(csv)}, {types})\n"
    return (
        "import os\n\nimport pandas as pd\n\n"
        f"data = pd.read_csv(\n    {dumps(csv)},\n    {types},\n"
        '    storage_options={"Authorization": f"Bearer {os.environ[\'NOREN_TOKEN\']}"},\n)\n'
    )


def _r(csv: str, needs_token: bool) -> str:
    header = (
        ',\n  headers = c(Authorization = paste("Bearer", Sys.getenv("NOREN_TOKEN")))'
        if needs_token
        else ""
    )
    return (
        f"address <- url({dumps(csv)}{header})\n"
        'data <- read.csv(address, encoding = "UTF-8", colClasses = "character")\n'
        "data <- type.convert(data, as.is = TRUE)\n"
    )


def _curl(csv: str, needs_token: bool) -> str:
    header = ' \\\n  --header "Authorization: Bearer $NOREN_TOKEN"' if needs_token else ""
    return f"curl --fail --compressed{header} \\\n  --output noren.csv {quote(csv)}\n"


def _qgis(csv: str, needs_token: bool) -> str:
    """For the Python console of QGIS; shops become points. GDAL reads the lines as they come."""
    header = (
        'from osgeo import gdal\n\ngdal.SetConfigOption("GDAL_HTTP_BEARER", '
        'os.environ["NOREN_TOKEN"])\ngdal.SetConfigOption("GDAL_HTTP_AUTH", "BEARER")\n'
        if needs_token
        else ""
    )
    return (
        ("import os\n\n" if needs_token else "")
        + header
        + f"address = {dumps('CSV:/vsicurl_streaming/' + csv)}\n"
        'options = "|option:AUTODETECT_TYPE=YES"\n'
        'options += "|option:X_POSSIBLE_NAMES=lon|option:Y_POSSIBLE_NAMES=lat"\n'
        'layer = QgsVectorLayer(address + options, "noren", "ogr")\n'
        "QgsProject.instance().addMapLayer(layer)\n"
    )
