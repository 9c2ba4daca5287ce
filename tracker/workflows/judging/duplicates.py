"""Shops that are listed twice: found by a clock, judged by a person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Stale
from tracker.places import actions
from tracker.places.atlas.cities import City
from tracker.places.models import DuplicatePair
from tracker.places.pairs import ShopOfPair, pairs_among
from tracker.places.queries import listed_shops


def find_duplicates(*, at: datetime) -> int:
    """Look through every city; pairs known before, open or dismissed, stay as they are.

    Returns how many are new. Safe to run twice.
    """
    return sum(
        actions.keep_pairs(
            pairs=list(pairs_among(map(ShopOfPair._make, listed_shops(city=city)))), at=at
        )
        for city in City
    )


@transaction.atomic
def dismiss_duplicates(*, pair: DuplicatePair, by: User, at: datetime) -> None:
    """These are two shops: the pair is not offered again. Raises Stale the second time."""
    check_may(by, Action.CORRECT_SHOP)
    if not actions.dismiss_pair(pair=pair, by=by, at=at):
        raise Stale(_("These are already marked as two separate shops."))
    log.record(
        kind="twins_dismissed",
        actor=by,
        subject_type="shop",
        subject_id=pair.shop_id,
        at=at,
        facts={"other": pair.other_id},
    )
