"""The units of numbers in running text: `km`, `dặm`, `US$`, `triệu đô la`, `百分点`.

Units of time are in `briefing.numerals.durations`. Vietnamese, English and Chinese have lists of
their own, for CLDR has one name of each unit and newspapers have several; of other languages the
names of CLDR are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from msgspec import Struct

from briefing.numerals.numbers import knows_words, primary_language
from briefing.syntax.cldr import currency_name, unit_names


class Unit(Struct, frozen=True):
    """A unit: its dimension, and its size in the unit of the dimension."""

    dimension: str
    size: Decimal = Decimal(1)


def _sizes(dimension: str, **sizes: str) -> dict[str, Unit]:
    return {name: Unit(dimension, Decimal(size)) for name, size in sizes.items()}


UNITS: Mapping[str, Unit] = {
    **_sizes("length", kilometer="1000", meter="1", centimeter="0.01", millimeter="0.001"),
    **_sizes("length", mile="1609.344", yard="0.9144", foot="0.3048", inch="0.0254"),
    **_sizes("length", nautical_mile="1852", li="500"),
    **_sizes("area", square_kilometer="1000000", hectare="10000", square_meter="1"),
    **_sizes("area", square_mile="2589988", acre="4046.86"),
    **_sizes("mass", tonne="1000", kilogram="1", gram="0.001", pound="0.453592", ounce="0.02835"),
    **_sizes("mass", quintal="100", jin="0.5"),
    **_sizes("volume", liter="0.001", cubic_meter="1", barrel="0.158987", gallon="0.003785"),
    **_sizes("speed", kilometer_per_hour="1", mile_per_hour="1.609344", knot="1.852"),
    **_sizes("power", gigawatt="1000", megawatt="1", kilowatt="0.001"),
    **_sizes("energy", terawatt_hour="1000000", gigawatt_hour="1000", megawatt_hour="1"),
    **_sizes("energy", kilowatt_hour="0.001"),
    "celsius": Unit("temperature"),
    "fahrenheit": Unit("temperature"),
    "percent": Unit("percent"),
    "tenth": Unit("percent", Decimal(10)),
    "permille": Unit("permille"),
    "point": Unit("points of a percentage"),
}
"""By CLDR's name, where it has one, with `_` for `-`."""
_SIGNS: Mapping[str, str] = {
    "square_kilometer": "km²|km2|sq ?km", "square_meter": "m²|m2|sq ?m", "cubic_meter": "m³|m3",
    "kilometer_per_hour": "km/h|km/giờ|kph|kmh", "mile_per_hour": "mph", "kilometer": "km|KM",
    "centimeter": "cm", "millimeter": "mm", "kilogram": "kg", "hectare": "ha", "gram": "g",
    "terawatt_hour": "TWh", "gigawatt_hour": "GWh", "megawatt_hour": "MWh", "kilowatt_hour": "kWh",
    "gigawatt": "GW", "megawatt": "MW", "kilowatt": "kW", "celsius": "°C|℃|ºC",
    "fahrenheit": "°F|℉|ºF", "percent": "%|％|٪", "permille": "‰", "meter": "m", "foot": "ft",
    "mile": "mi", "pound": "lbs?", "liter": "[lL]", "ounce": "oz",
}  # fmt: skip
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "square_kilometer": "square kilomet(?:re|er)s?", "square_meter": "square met(?:re|er)s?",
        "square_mile": "square miles?", "cubic_meter": "cubic met(?:re|er)s?",
        "kilometer_per_hour": "kilomet(?:re|er)s? (?:per|an) hour",
        "mile_per_hour": "miles? (?:per|an) hour", "nautical_mile": "nautical miles?",
        "kilometer": "kilomet(?:re|er)s?", "meter": "met(?:re|er)s?", "mile": "miles?",
        "centimeter": "centimet(?:re|er)s?", "millimeter": "millimet(?:re|er)s?",
        "yard": "yards?", "foot": "f(?:oo|ee)t", "inch": "inch(?:es)?", "hectare": "hectares?",
        "acre": "acres?", "tonne": "(?:metric )?ton(?:ne)?s?", "kilogram": "kilogram(?:me)?s?"
            "|kilos?",
        "gram": "gram(?:me)?s?", "pound": "pounds? (?:of|in weight)", "ounce": "ounces?",
        "liter": "lit(?:re|er)s?", "barrel": "barrels?", "gallon": "gallons?", "knot": "knots?",
        "gigawatt": "gigawatts?", "megawatt": "megawatts?", "kilowatt": "kilowatts?",
        "kilowatt_hour": "kilowatt[- ]hours?", "megawatt_hour": "megawatt[- ]hours?",
        "celsius": "degrees? (?:C|Celsius|centigrade)", "fahrenheit": "degrees? (?:F|Fahrenheit)",
        "point": "(?:percentage|per ?cent) points?|pp|pts", "percent": "per ?cent|pct",
    },
    "vi": {
        "square_kilometer": "(?:ki-?lô-?mét|km|cây số) vuông", "square_meter": "(?:mét|m) vuông",
        "square_mile": "dặm vuông", "cubic_meter": "(?:mét|m) khối",
        "kilometer_per_hour": "(?:km|ki-?lô-?mét) (?:mỗi|một|/) ?giờ", "nautical_mile": "hải lý",
        "mile_per_hour": "dặm(?: (?:mỗi|một) |/)giờ", "kilometer": "ki-?lô-?mét|cây số",
        "mile": "dặm(?: Anh)?", "meter": "mét", "centimeter": "xen-?ti-?mét",
        "millimeter": "mi-?li-?mét", "foot": "feet", "inch": "inch|in-?sơ", "yard": "yard",
        "hectare": "héc-?-?ta|hecta|hec-ta", "acre": "mẫu Anh|acre",
        "tonne": "tấn(?! công)", "quintal": "tạ", "kilogram": "ki-?lô(?:-?gam)?", "gram": "gam"
            "|gram",
        "pound": "pound|cân Anh", "ounce": "ounce|ao-?xơ", "liter": "lít", "barrel": "thùng",
        "gallon": "gallon|ga-?lông", "knot": "hải lý/giờ|hải lý mỗi giờ|knot",
        "gigawatt": "gigawatt", "megawatt": "megawatt|mê-?ga-?oát", "kilowatt": "kilowatt",
        "kilowatt_hour": "kilowatt giờ|số điện", "megawatt_hour": "megawatt giờ",
        "celsius": "độ C|độ bách phân", "fahrenheit": "độ F",
        "point": "điểm (?:phần trăm|%)", "percent": "phần trăm",
    },
    "zh": {
        "square_kilometer": "平方公里|平方千米", "square_meter": "平方米",
        "square_mile": "平方英里",
        "cubic_meter": "立方米", "kilometer_per_hour": "公里/小时|公里每小时",
        "nautical_mile": "海里|浬", "kilometer": "公里|千米", "mile": "英里", "meter": "米|公尺",
        "centimeter": "厘米|公分", "millimeter": "毫米", "foot": "英尺", "inch": "英寸",
        "li": "里(?!程|面)", "hectare": "公顷|公頃", "acre": "英亩|英畝", "tonne": "吨|噸",
        "kilogram": "公斤|千克", "gram": "克(?![^\\W\\d_a-zA-Z]*兰)", "jin": "斤", "pound": "磅",
        "liter": "升", "barrel": "桶", "gallon": "加仑|加侖", "knot": "海里/小时",
        "megawatt": "兆瓦",
        "kilowatt": "千瓦(?!时)", "kilowatt_hour": "千瓦时|度电", "celsius": "摄氏度|攝氏度",
        "fahrenheit": "华氏度", "point": "个?百分点|個?百分點", "tenth": "成",
    },
}  # fmt: skip
_MONEY_SIGNS: Mapping[str, str] = {
    "USD": r"US\$|USD|\$US|\$", "EUR": "€|EUR", "GBP": "£|GBP", "JPY": "JPY", "CNY": "CNY|RMB",
    "VND": "₫|VND|VNĐ|đ(?![^\\W\\d_])", "RUB": "₽|RUB", "UAH": "₴|UAH", "KRW": "₩|KRW",
    "INR": "₹|INR", "AUD": r"A\$|AU\$|AUD", "CAD": r"C\$|CA\$|CAD", "CHF": "CHF",
    "HKD": r"HK\$|HKD", "SGD": r"S\$|SGD", "TWD": r"NT\$|TWD", "THB": "฿|THB", "YEN": "¥|￥",
}  # fmt: skip
_MONEY: Mapping[str, Mapping[str, str]] = {
    "en": {
        "AUD": "Australian dollars?", "CAD": "Canadian dollars?", "HKD": "Hong Kong dollars?",
        "SGD": "Singapore dollars?", "TWD": "Taiwan dollars?",
        "USD": "(?:US |U\\.S\\. |American )?dollars?|bucks", "EUR": "euros?", "CNY": "yuan"
            "|renminbi",
        "GBP": "pounds?(?: sterling)?|quid", "JPY": "yen", "VND": "(?:Vietnamese )?(?:dong|đồng)s?",
        "RUB": "(?:Russian )?rou?bles?", "UAH": "hryvnias?|hryvnyas?",
        "KRW": "(?:South )?Korean won"
            "|(?<=illion )won",
        "INR": "(?:Indian )?rupees?", "CHF": "(?:Swiss )?francs?", "THB": "baht",
    },
    "vi": {
        "AUD": "đô[- ]?la (?:Úc|Australia)", "CAD": "đô[- ]?la Canada",
        "HKD": "đô[- ]?la (?:Hồng Kông|Hong Kong)", "SGD": "đô[- ]?la Singapore",
        "TWD": "đô[- ]?la Đài Loan|Đài tệ",
        "USD": "đô[- ]?la(?: Mỹ)?|đô(?: Mỹ)?|Mỹ kim|dollar", "EUR": "euro|ơ-rô",
        "GBP": "bảng(?: Anh)?(?! đấu)", "JPY": "[yY]ên(?: Nhật)?|yen", "CNY": "nhân dân tệ|tệ",
        "VND": "đồng(?! (?:minh|chí|nghiệp|đội|phạm|bào|hương))",
        "RUB": "rúp|rup|ruble?|rouble", "UAH": "hryvnia|hryvnya", "KRW": "won",
        "INR": "rupee|ru-?pi", "CHF": "franc(?: Thụy Sĩ)?|phrăng", "THB": "baht|bạt",
    },
    "zh": {
        "AUD": "澳元|澳大利亚元", "CAD": "加元", "HKD": "港元|港币", "SGD": "新加坡元|新元",
        "TWD": "新台币|台币", "USD": "美元|美金", "EUR": "欧元|歐元", "GBP": "英镑|英鎊",
        "JPY": "日元|日圆|日圓", "VND": "越南盾|越盾", "RUB": "卢布|盧布", "UAH": "格里夫纳",
        "KRW": "韩元|韓元|韩圆", "INR": "卢比|盧比", "CHF": "瑞士法郎|瑞郎|法郎", "THB": "泰铢",
        "CNY": "人民币|人民幣|元人民币|元",
    },
}  # fmt: skip


def _names(language: str) -> Iterator[tuple[Unit, str]]:
    """Yield each unit with a pattern of its names after a number."""
    code = primary_language(language)
    yield from ((Unit(f"money {name}"), words) for name, words in _MONEY.get(code, {}).items())
    yield from ((UNITS[name], words) for name, words in _WORDS.get(code, {}).items())
    if not knows_words(language):
        for name in _MONEY_SIGNS:
            if money := currency_name(language, name):
                yield Unit(f"money {name}"), re.escape(money)
        for name in UNITS:
            if written := unit_names(language, name.replace("_", "-")):
                yield UNITS[name], "|".join(map(re.escape, written))
    yield from ((Unit(f"money {name}"), signs) for name, signs in _MONEY_SIGNS.items())
    yield from ((UNITS[name], signs) for name, signs in _SIGNS.items())


@cache
def _after(language: str) -> tuple[re.Pattern[str], tuple[Unit, ...]]:
    """Return what matches a unit after a number, in one group each, and the units."""
    units, names = zip(*_names(language), strict=True)
    is_spaced = primary_language(language) not in ("zh", "ja", "yue")
    end = r"(?![^\W\d_])" if is_spaced else "(?![A-Za-z])"
    gap = r"[ \u00a0\u202f-]?" if is_spaced else r" ?(?:多|余|餘|几)?"
    words = "|".join(f"((?:{each}){'' if each[-1] in '%$' else end})" for each in names)
    return re.compile(f"{gap}(?:{words})"), units


_BEFORE = re.compile(
    "(?:" + "|".join(f"({signs})" for signs in _MONEY_SIGNS.values()) + r")[ \u00a0]?$"
)
_MONEY_BEFORE = tuple(Unit(f"money {name}") for name in _MONEY_SIGNS)
_LONGEST_SIGN = 6
_PERCENT_BEFORE = re.compile("百分之$")


def unit_at(text: str, start: int, end: int, language: str) -> tuple[Unit, int, int] | None:
    """Return the unit of the number from `start` to `end`, and where both stand; None without."""
    before = text[max(0, start - _LONGEST_SIGN) : start]
    last = before.rstrip()[-1:]
    if last and not last.islower() and (match := _BEFORE.search(before)):
        return _MONEY_BEFORE[(match.lastindex or 1) - 1], start - len(match.group()), end
    if _PERCENT_BEFORE.search(before):
        return UNITS["percent"], start - 3, end
    pattern, units = _after(language)
    if match := pattern.match(text, end):
        return units[(match.lastindex or 1) - 1], start, match.end()
    return None
