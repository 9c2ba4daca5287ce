"""Tests on real data are left out only where there is nothing to read, and never in CI."""

from pathlib import Path

import pytest

from tests import shared

pytestmark = pytest.mark.once
LEFT_OUT, FAILED = pytest.skip.Exception, pytest.fail.Exception


@pytest.mark.parametrize(
    ("folder", "ci", "end"),
    [("none", "", LEFT_OUT), ("none", "true", FAILED), ("shared", "", FAILED)],
)
def test_a_missing_file_fails_in_ci_and_where_the_others_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, ci: str, end: type[BaseException]
) -> None:
    (tmp_path / "shared").mkdir()
    monkeypatch.setattr(shared, "FOLDER", tmp_path / folder / "data")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(end, match="shared"):
        shared.shared_data("frame.csv")
