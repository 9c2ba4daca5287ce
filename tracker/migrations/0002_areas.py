"""The three cities and their 58 wards that an installation began with.

Frozen: it carries its own rows, because the columns and rules of this moment know these three
cities only. Cities that the atlas has besides come with every `manage.py migrate`.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# code, code of the city, and the names in Japanese, English and simplified Chinese
AREAS = (
    ("13100", None, "東京23区", "Tokyo (23 wards)", "东京23区"),
    ("27100", None, "大阪市", "Osaka City", "大阪市"),
    ("26100", None, "京都市", "Kyoto City", "京都市"),
    ("13101", "13100", "千代田区", "Chiyoda Ward", "千代田区"),
    ("13102", "13100", "中央区", "Chuo Ward", "中央区"),
    ("13103", "13100", "港区", "Minato Ward", "港区"),
    ("13104", "13100", "新宿区", "Shinjuku Ward", "新宿区"),
    ("13105", "13100", "文京区", "Bunkyo Ward", "文京区"),
    ("13106", "13100", "台東区", "Taito Ward", "台东区"),
    ("13107", "13100", "墨田区", "Sumida Ward", "墨田区"),
    ("13108", "13100", "江東区", "Koto Ward", "江东区"),
    ("13109", "13100", "品川区", "Shinagawa Ward", "品川区"),
    ("13110", "13100", "目黒区", "Meguro Ward", "目黑区"),
    ("13111", "13100", "大田区", "Ota Ward", "大田区"),
    ("13112", "13100", "世田谷区", "Setagaya Ward", "世田谷区"),
    ("13113", "13100", "渋谷区", "Shibuya Ward", "涩谷区"),
    ("13114", "13100", "中野区", "Nakano Ward", "中野区"),
    ("13115", "13100", "杉並区", "Suginami Ward", "杉并区"),
    ("13116", "13100", "豊島区", "Toshima Ward", "丰岛区"),
    ("13117", "13100", "北区", "Kita Ward", "北区"),
    ("13118", "13100", "荒川区", "Arakawa Ward", "荒川区"),
    ("13119", "13100", "板橋区", "Itabashi Ward", "板桥区"),
    ("13120", "13100", "練馬区", "Nerima Ward", "练马区"),
    ("13121", "13100", "足立区", "Adachi Ward", "足立区"),
    ("13122", "13100", "葛飾区", "Katsushika Ward", "葛饰区"),
    ("13123", "13100", "江戸川区", "Edogawa Ward", "江户川区"),
    ("26101", "26100", "北区", "Kita Ward", "北区"),
    ("26102", "26100", "上京区", "Kamigyo Ward", "上京区"),
    ("26103", "26100", "左京区", "Sakyo Ward", "左京区"),
    ("26104", "26100", "中京区", "Nakagyo Ward", "中京区"),
    ("26105", "26100", "東山区", "Higashiyama Ward", "东山区"),
    ("26106", "26100", "下京区", "Shimogyo Ward", "下京区"),
    ("26107", "26100", "南区", "Minami Ward", "南区"),
    ("26108", "26100", "右京区", "Ukyo Ward", "右京区"),
    ("26109", "26100", "伏見区", "Fushimi Ward", "伏见区"),
    ("26110", "26100", "山科区", "Yamashina Ward", "山科区"),
    ("26111", "26100", "西京区", "Nishikyo Ward", "西京区"),
    ("27102", "27100", "都島区", "Miyakojima Ward", "都岛区"),
    ("27103", "27100", "福島区", "Fukushima Ward", "福岛区"),
    ("27104", "27100", "此花区", "Konohana Ward", "此花区"),
    ("27106", "27100", "西区", "Nishi Ward", "西区"),
    ("27107", "27100", "港区", "Minato Ward", "港区"),
    ("27108", "27100", "大正区", "Taisho Ward", "大正区"),
    ("27109", "27100", "天王寺区", "Tennoji Ward", "天王寺区"),
    ("27111", "27100", "浪速区", "Naniwa Ward", "浪速区"),
    ("27113", "27100", "西淀川区", "Nishiyodogawa Ward", "西淀川区"),
    ("27114", "27100", "東淀川区", "Higashiyodogawa Ward", "东淀川区"),
    ("27115", "27100", "東成区", "Higashinari Ward", "东成区"),
    ("27116", "27100", "生野区", "Ikuno Ward", "生野区"),
    ("27117", "27100", "旭区", "Asahi Ward", "旭区"),
    ("27118", "27100", "城東区", "Joto Ward", "城东区"),
    ("27119", "27100", "阿倍野区", "Abeno Ward", "阿倍野区"),
    ("27120", "27100", "住吉区", "Sumiyoshi Ward", "住吉区"),
    ("27121", "27100", "東住吉区", "Higashisumiyoshi Ward", "东住吉区"),
    ("27122", "27100", "西成区", "Nishinari Ward", "西成区"),
    ("27123", "27100", "淀川区", "Yodogawa Ward", "淀川区"),
    ("27124", "27100", "鶴見区", "Tsurumi Ward", "鹤见区"),
    ("27125", "27100", "住之江区", "Suminoe Ward", "住之江区"),
    ("27126", "27100", "平野区", "Hirano Ward", "平野区"),
    ("27127", "27100", "北区", "Kita Ward", "北区"),
    ("27128", "27100", "中央区", "Chuo Ward", "中央区"),
)


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    area = apps.get_model("tracker", "Area")
    for code, city, ja, en, zh_hans in AREAS:
        names = {"name_ja": ja, "name_en": en, "name_zh_hans": zh_hans}
        area.objects.update_or_create(code=code, defaults={"city_id": city, **names})


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
