"""A release is made of one moment, checked by a recount, published for good."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from tests.factories import NOON
from tests.workflows.counting.test_counts import town
from tests.workflows.publishing.made import APRIL, QUARTER, made, published, work
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Conflict, Invalid, Refused
from tracker.jobs.models import Job
from tracker.jobs.states import JobState
from tracker.months import month_index
from tracker.outbox.queries import open_messages
from tracker.publication.releases import files
from tracker.publication.releases.models import Release
from tracker.publication.releases.queries import latest_release, public_releases, release_named
from tracker.publication.releases.states import ReleaseState
from tracker.workflows import dispatch
from tracker.workflows.counting import rebuild
from tracker.workflows.publishing import release_making, releases
from tracker.workflows.publishing.release_checks import differences_of_release

pytestmark = [pytest.mark.django_db, pytest.mark.slow(20)]
FEW = ("_csv", "_squares", "_json", "_package")


@pytest.fixture(autouse=True)
def root(settings: LazySettings, tmp_path: Path) -> Path:
    settings.RELEASE_ROOT = tmp_path / "releases"
    return tmp_path / "releases"


@pytest.fixture
def all_files() -> None:
    """For a test that wants a release whole."""


@pytest.fixture(autouse=True)
def few_files(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release has the files that these tests read; the others take most of the time."""
    if "all_files" not in request.fixturenames:
        few = tuple(step for step in files.STEPS if step.__name__ in FEW)
        monkeypatch.setattr(files, "STEPS", few)


@pytest.fixture
def counted(aki: User, mori: User) -> None:
    town(aki, mori)
    work()


@pytest.mark.both
def test_a_release_goes_its_way(all_files: None, counted: None, sora: User, root: Path) -> None:
    release = published(sora)
    assert (release.name, release.state) == ("2026q1-1", ReleaseState.PUBLISHED)
    assert release.last_month == month_index(2026, 3)
    assert sorted(path.name for path in (root / "2026q1-1").iterdir()) == sorted(
        release.files.values_list("name", flat=True)
    )
    assert not any(os.access(path, os.W_OK) for path in root.glob("*/*")) or os.geteuid() == 0
    assert {path.stat().st_mode & 0o777 for path in root.glob("*/*")} == {0o444}
    assert differences_of_release(release) == []
    told = AuditEvent.objects.filter(subject_id="2026q1-1").order_by("pk")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == ["release_begun", "release_made", "release_checked", "release_published"]
    assert latest_release() == release
    job = Job.objects.get(kind="release")
    assert (job.state, job.done) == (JobState.DONE, len(files.STEPS))


def test_a_worker_makes_and_checks_what_was_asked_for(counted: None, sora: User) -> None:
    release = releases.begin_release(quarter=QUARTER, why="", by=sora, at=APRIL)
    work()
    release.refresh_from_db()
    assert release.counted_at == APRIL
    release_making.ask_check(release=release, by=sora, at=APRIL)
    with pytest.raises(Conflict):
        release_making.ask_check(release=release, by=sora, at=APRIL)
    work()
    release.refresh_from_db()
    assert release.state == ReleaseState.CHECKED


def test_a_message_that_comes_twice_changes_nothing(counted: None, root: Path) -> None:
    release = made()
    before = {path: path.read_bytes() for path in root.glob("*/*")}
    release_making.make_release(release_id=release.pk, at=APRIL + timedelta(days=1))
    assert {path: path.read_bytes() for path in root.glob("*/*")} == before
    assert [path.name for path in root.iterdir()] == ["2026q1-1"]


def test_a_folder_without_rows_is_made_again(counted: None, root: Path) -> None:
    """Killed between the rename and the rows."""
    (root / "2026q1-1").mkdir(parents=True)
    (root / "2026q1-1" / "adoption.csv").write_text("half")
    release = made()
    assert differences_of_release(release) == []


def test_a_full_disk_leaves_nothing_behind(
    counted: None, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_writing: files.Writing) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "STEPS", (*files.STEPS[:3], full))
    release = releases.begin_release(quarter=QUARTER, why="", by=None, at=APRIL)
    with pytest.raises(OSError, match="No space left"):
        release_making.make_release(release_id=release.pk, at=APRIL)
    assert list(root.iterdir()) == []
    assert not release.files.exists()


def test_it_waits_for_decisions_that_are_not_counted(aki: User, mori: User) -> None:
    town(aki, mori)
    release = releases.begin_release(quarter=QUARTER, why="", by=None, at=APRIL)
    with pytest.raises(release_making.NotYet):
        release_making.make_release(release_id=release.pk, at=APRIL)


@pytest.mark.both
def test_made_while_everything_is_counted_anew_it_is_of_one_moment(
    counted: None, sora: User
) -> None:
    rebuild.begin_rebuild(by=None, at=NOON)
    message = open_messages().filter(handler="count_city").first()
    assert message is not None
    dispatch.work(message_id=message.pk, at=APRIL)  # one city of three
    release = made()
    work()  # the other cities, and the end of it
    assert differences_of_release(release) == []


def test_a_changed_file_is_named(counted: None, root: Path) -> None:
    release = made()
    path = root / release.name / "adoption.json"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("alipay", "alipaY", 1))
    [difference] = differences_of_release(release)
    assert difference.where == "release 2026q1-1 adoption.json"
    path.unlink()
    assert [found.stored for found in differences_of_release(release)] == ["no file"]


def test_wrong_numbers_are_named_even_with_their_own_digest(counted: None, root: Path) -> None:
    release = made()
    path = root / release.name / "adoption.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    names = lines[0].split(",")
    place = next(
        n for n, line in enumerate(lines)
        if line.split(",")[names.index("n_observed")] not in ("0", "n_observed")
    )  # fmt: skip
    cells = lines[place].split(",")
    cells[names.index("n_observed")] = "999"
    lines[place] = ",".join(cells)
    path.chmod(0o644)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    release.files.filter(name="adoption.csv").update(sha256=files.sha256_of(path))
    found = differences_of_release(release)
    assert any("999" in difference.stored for difference in found)
    with pytest.raises(Conflict, match="differences were found"):
        release_making.check_release(release=release, by=None, at=APRIL)


@pytest.mark.both
def test_the_next_says_what_moved(counted: None, aki: User, mori: User) -> None:
    first = published()
    again = published(at=APRIL + timedelta(days=1))
    assert again.name == "2026q1-2"
    assert again.changes == {"of": first.name, "cells": 0, "first": []}
    assert latest_release() == again


def test_a_withdrawn_release_stays_and_is_not_the_latest(counted: None, sora: User) -> None:
    release = published()
    with pytest.raises(Invalid):
        releases.withdraw_release(release=release, because=" ", by=sora, at=APRIL)
    releases.withdraw_release(release=release, because="Wrong ward.", by=sora, at=APRIL)
    assert list(public_releases()) == [release]
    assert latest_release() is None
    with pytest.raises(Conflict):
        releases.withdraw_release(release=release, because="Again.", by=sora, at=APRIL)


def test_one_that_nobody_saw_is_dropped_with_its_number(counted: None, sora: User) -> None:
    release = made()
    releases.drop_release(release=release, by=sora, at=APRIL)
    assert not Release.objects.exists()
    assert made().name == "2026q1-1"


def test_what_was_published_is_never_dropped(counted: None, sora: User) -> None:
    release = published()
    with pytest.raises(Conflict):
        releases.drop_release(release=release, by=sora, at=APRIL)
    assert differences_of_release(release) == []


@pytest.mark.parametrize("quarter", ["2026q2", "2026q5", "next", "2026q1-1", "２０２６q1"])
def test_a_quarter_that_has_not_ended_or_is_none_is_refused(quarter: str) -> None:
    with pytest.raises(Invalid):
        releases.begin_release(quarter=quarter, why="", by=None, at=APRIL)


def test_two_of_a_quarter_are_not_made_at_once(counted: None) -> None:
    releases.begin_release(quarter=QUARTER, why="", by=None, at=APRIL)
    with pytest.raises(Conflict):
        releases.begin_release(quarter=QUARTER, why="", by=None, at=APRIL)


def test_steps_cannot_be_left_out(counted: None) -> None:
    release = made()
    with pytest.raises(Conflict):
        releases.publish_release(release=release, by=None, at=APRIL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(state=ReleaseState.PUBLISHED)


@pytest.mark.parametrize("who", ["aki", "mori", "dana"])
def test_others_may_not(counted: None, request: pytest.FixtureRequest, who: str) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        releases.begin_release(quarter=QUARTER, why="", by=person, at=APRIL)
    release = made()
    for act in (releases.publish_release, releases.drop_release, release_making.ask_check):
        with pytest.raises(Refused):
            act(release=release, by=person, at=APRIL)
    with pytest.raises(Refused):
        releases.withdraw_release(release=release, because="x", by=person, at=APRIL)


def test_names_are_read_back_and_nothing_else_is() -> None:
    release = Release.objects.create(
        quarter=QUARTER, number=1, last_month=month_index(2026, 3), begun_at=NOON
    )
    everything = Release.objects.all()
    assert release_named("2026q1-1", among=everything) == release
    for name in ("2026q1-01", "2026q1-", "2026q1", "2026q1-2", "x-1", "2026q1-1-1"):
        assert release_named(name, among=everything) is None
