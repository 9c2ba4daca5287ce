"""The three cities and their 58 wards, by JIS X 0402 code. Facts only; pure."""

from typing import NamedTuple

from tracker.vocabulary import City


class AreaNames(NamedTuple):
    """One area in the three languages. Names repeat between cities: key on the code."""

    code: str
    ja: str
    en: str
    zh_hans: str


CITIES = (
    AreaNames(City.TOKYO.value, "東京23区", "Tokyo (23 wards)", "东京23区"),
    AreaNames(City.OSAKA.value, "大阪市", "Osaka City", "大阪市"),
    AreaNames(City.KYOTO.value, "京都市", "Kyoto City", "京都市"),
)
PREFECTURES = {City.TOKYO: "東京都", City.OSAKA: "大阪府", City.KYOTO: "京都府"}
# What comes between prefecture and ward in an address.
CITY_IN_ADDRESS = {City.TOKYO: "", City.OSAKA: "大阪市", City.KYOTO: "京都市"}

WARDS = (
    AreaNames("13101", "千代田区", "Chiyoda Ward", "千代田区"),
    AreaNames("13102", "中央区", "Chuo Ward", "中央区"),
    AreaNames("13103", "港区", "Minato Ward", "港区"),
    AreaNames("13104", "新宿区", "Shinjuku Ward", "新宿区"),
    AreaNames("13105", "文京区", "Bunkyo Ward", "文京区"),
    AreaNames("13106", "台東区", "Taito Ward", "台东区"),
    AreaNames("13107", "墨田区", "Sumida Ward", "墨田区"),
    AreaNames("13108", "江東区", "Koto Ward", "江东区"),
    AreaNames("13109", "品川区", "Shinagawa Ward", "品川区"),
    AreaNames("13110", "目黒区", "Meguro Ward", "目黑区"),
    AreaNames("13111", "大田区", "Ota Ward", "大田区"),
    AreaNames("13112", "世田谷区", "Setagaya Ward", "世田谷区"),
    AreaNames("13113", "渋谷区", "Shibuya Ward", "涩谷区"),
    AreaNames("13114", "中野区", "Nakano Ward", "中野区"),
    AreaNames("13115", "杉並区", "Suginami Ward", "杉并区"),
    AreaNames("13116", "豊島区", "Toshima Ward", "丰岛区"),
    AreaNames("13117", "北区", "Kita Ward", "北区"),
    AreaNames("13118", "荒川区", "Arakawa Ward", "荒川区"),
    AreaNames("13119", "板橋区", "Itabashi Ward", "板桥区"),
    AreaNames("13120", "練馬区", "Nerima Ward", "练马区"),
    AreaNames("13121", "足立区", "Adachi Ward", "足立区"),
    AreaNames("13122", "葛飾区", "Katsushika Ward", "葛饰区"),
    AreaNames("13123", "江戸川区", "Edogawa Ward", "江户川区"),
    AreaNames("26101", "北区", "Kita Ward", "北区"),
    AreaNames("26102", "上京区", "Kamigyo Ward", "上京区"),
    AreaNames("26103", "左京区", "Sakyo Ward", "左京区"),
    AreaNames("26104", "中京区", "Nakagyo Ward", "中京区"),
    AreaNames("26105", "東山区", "Higashiyama Ward", "东山区"),
    AreaNames("26106", "下京区", "Shimogyo Ward", "下京区"),
    AreaNames("26107", "南区", "Minami Ward", "南区"),
    AreaNames("26108", "右京区", "Ukyo Ward", "右京区"),
    AreaNames("26109", "伏見区", "Fushimi Ward", "伏见区"),
    AreaNames("26110", "山科区", "Yamashina Ward", "山科区"),
    AreaNames("26111", "西京区", "Nishikyo Ward", "西京区"),
    AreaNames("27102", "都島区", "Miyakojima Ward", "都岛区"),
    AreaNames("27103", "福島区", "Fukushima Ward", "福岛区"),
    AreaNames("27104", "此花区", "Konohana Ward", "此花区"),
    AreaNames("27106", "西区", "Nishi Ward", "西区"),
    AreaNames("27107", "港区", "Minato Ward", "港区"),
    AreaNames("27108", "大正区", "Taisho Ward", "大正区"),
    AreaNames("27109", "天王寺区", "Tennoji Ward", "天王寺区"),
    AreaNames("27111", "浪速区", "Naniwa Ward", "浪速区"),
    AreaNames("27113", "西淀川区", "Nishiyodogawa Ward", "西淀川区"),
    AreaNames("27114", "東淀川区", "Higashiyodogawa Ward", "东淀川区"),
    AreaNames("27115", "東成区", "Higashinari Ward", "东成区"),
    AreaNames("27116", "生野区", "Ikuno Ward", "生野区"),
    AreaNames("27117", "旭区", "Asahi Ward", "旭区"),
    AreaNames("27118", "城東区", "Joto Ward", "城东区"),
    AreaNames("27119", "阿倍野区", "Abeno Ward", "阿倍野区"),
    AreaNames("27120", "住吉区", "Sumiyoshi Ward", "住吉区"),
    AreaNames("27121", "東住吉区", "Higashisumiyoshi Ward", "东住吉区"),
    AreaNames("27122", "西成区", "Nishinari Ward", "西成区"),
    AreaNames("27123", "淀川区", "Yodogawa Ward", "淀川区"),
    AreaNames("27124", "鶴見区", "Tsurumi Ward", "鹤见区"),
    AreaNames("27125", "住之江区", "Suminoe Ward", "住之江区"),
    AreaNames("27126", "平野区", "Hirano Ward", "平野区"),
    AreaNames("27127", "北区", "Kita Ward", "北区"),
    AreaNames("27128", "中央区", "Chuo Ward", "中央区"),
)
WARD_CODES = frozenset(ward.code for ward in WARDS)


def city_of(ward_code: str) -> City:
    """The city of a ward of ours, by the first two digits of its code."""
    return {"13": City.TOKYO, "26": City.KYOTO, "27": City.OSAKA}[ward_code[:2]]


def wards_of(city: City) -> list[AreaNames]:
    """The wards of a city in the order of their codes."""
    return [ward for ward in WARDS if city_of(ward.code) == city]
