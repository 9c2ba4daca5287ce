"""Names of shops that do not exist: a family or place word and a word for the trade."""

from random import Random

from tracker.places.kinds import Segment

FIRST_WORDS = (
    "あかつき", "みなづき", "千歳屋", "若葉", "うぐいす", "三日月", "さくら坂", "翠光", "まつば",
    "白鷺", "つくし", "青海", "ほまれ", "水無瀬", "なでしこ", "朝日町", "銀河", "花筏", "しののめ",
    "八重垣", "ひいらぎ", "瑞穂", "かわせみ", "月見", "こまち", "錦糸", "たちばな", "琥珀",
)  # fmt: skip
TRADE_WORDS = {
    Segment.DRUGSTORE: ("薬局", "ドラッグ", "薬品"),
    Segment.COSMETICS: ("化粧品", "コスメ"),
    Segment.ELECTRONICS: ("電器", "カメラ", "デンキ"),
    Segment.DEPARTMENT_STORE: ("百貨店",),
    Segment.FASHION: ("洋品店", "呉服", "ブティック"),
    Segment.CONVENIENCE: ("マート", "ストア"),
    Segment.FOOD_SOUVENIR: ("菓子舗", "土産店", "茶舗"),
    Segment.RESTAURANT: ("食堂", "寿司", "ラーメン", "そば処", "焼肉"),
    Segment.CAFE: ("珈琲", "喫茶室", "カフェ"),
    Segment.HOTEL: ("ホテル", "旅館"),
    Segment.OTHER: ("書店", "雑貨店", "理容室"),
}
# How often each trade stands at a street; the shares are invented like the shops.
WEIGHTS = {
    Segment.DRUGSTORE: 10,
    Segment.COSMETICS: 5,
    Segment.ELECTRONICS: 5,
    Segment.DEPARTMENT_STORE: 2,
    Segment.FASHION: 9,
    Segment.CONVENIENCE: 14,
    Segment.FOOD_SOUVENIR: 10,
    Segment.RESTAURANT: 24,
    Segment.CAFE: 11,
    Segment.HOTEL: 6,
    Segment.OTHER: 4,
}


def invent_segment(rng: Random) -> Segment:
    return rng.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]


def invent_name(rng: Random, segment: Segment) -> str:
    return f"{rng.choice(FIRST_WORDS)}{rng.choice(TRADE_WORDS[segment])}"
