#!/usr/bin/env python3
"""A made-up site of N entries, the same for the same N and seed, as a dautich site and as a Hugo site.

    generate.py N DIR [--hugo DIR2] [--seed S] [--per-page P]      write the sites
    generate.py N --check OUT OUT2 [--seed S]                      compare what was built from them

70 % relics and 30 % products, Vietnamese and English, about 350 words an article, some fifteen fields a head, links
between entries, sources, no photos. Every word is drawn from the short lists below; nothing is copied prose.
"""

import argparse
import base64
import functools
import hashlib
import html
import json
import math
import random
import re
import shutil
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
DENIED = ("VCL DCM DKM DMM VKL VLL CLGT CMM CCM DCL CLM LZZ LSCN DTC NGV").split()
BASE = "https://haiduong.dautich.example/"
SITE = {"vi": "Di tích và đặc sản Hải Dương", "en": "Heritage and specialties of Hải Dương"}
PUBLISHER = {"vi": "Thành đoàn Hải Dương", "en": "Hải Dương City Youth Union"}
SECTIONS = {"relics": {"vi": "di-tich", "en": "relics"}, "products": {"vi": "dac-san", "en": "specialties"}}
PAGING = {"vi": "trang", "en": "page"}
EMAIL = "bandoc@haiduong.dautich.example"
LICENCE = "CC BY-SA 4.0"
TRANSLATOR = "Câu lạc bộ tiếng Anh Hải Dương"

VI = """làng xóm đình đền chùa miếu cổng sân giếng cây đa nước sông bờ bãi ruộng lúa đường gạch ngói gỗ lim đá bia chữ năm
tháng ngày đời vua quan thầy trò học thi đỗ người dân thợ mộc thợ nề tay nghề truyền lại giữ gìn dựng sửa mở rộng thấp cao dài
ngắn trước sau trong ngoài giữa bên cạnh hướng đông tây nam bắc mái cong cột tròn vì kèo chạm rồng phượng mây hoa lá sen tượng
thờ hương đèn trống chuông rước hội xuân thu đầu mùa cuối vụ nắng mưa gió lũ đê kênh cầu chợ quán bánh đậu đường mía vừng lạc
nếp tẻ rang giã nhào gói buộc hấp nướng phơi khô thơm ngọt bùi giòn mềm đỏ vàng xanh trắng nâu hạt vỏ cùi quả cành gốc trồng hái
bán mua gửi khách xa gần về thăm kể nghe nhớ quên còn mất nay xưa ghi chép sách báo tài liệu cho biết rằng theo nhiều ít một hai
ba bốn năm sáu bảy tám chín mười hàng trăm nghìn lần thứ đợt khi lúc nơi chỗ này kia ấy đó là có không được bị đã đang sẽ vẫn
cũng đều rất khá hơn kém như bằng với từ đến tại ở trên dưới qua lại ra vào lên xuống rồi thì mà nhưng và hay hoặc nếu vì nên để
do của những các mỗi từng cả riêng chung đất nước quê nhà họ tộc cụ ông bà cha mẹ con cháu anh em bạn bè""".split()
EN = """village hamlet hall temple pagoda shrine gate yard well tree river bank field rice road brick tile timber stone stele
letter year month day reign king mandarin teacher pupil study exam graduate people carpenter mason hand craft passed kept built
mended widened low high long short before after inside outside between beside facing east west south north roof curved column
round rafter carved dragon phoenix cloud flower leaf lotus statue worship incense lamp drum bell procession festival spring
autumn early late season sun rain wind flood dike canal bridge market stall cake bean sugar cane sesame peanut sticky plain
roasted ground kneaded wrapped tied steamed grilled dried fragrant sweet rich crisp soft red yellow green white brown seed skin
flesh fruit branch root planted picked sold bought sent guest far near visit told heard remembered forgotten still lost now once
noted written book paper record says that according many few one two three four five six seven eight nine ten hundreds thousands
time turn when where place this other there is was has been had will also both very rather more less like with from to at on
under through again out into up down then which but and or if because so for of the a each every whole own common land country
home family clan elder father mother child friend""".split()
NAMES = """An Bình Cẩm Chí Côn Cường Đại Đông Đồng Đức Gia Hà Hải Hậu Hiệp Hòa Hoàng Hồng Hưng Khánh Kiên Kim Lai Lâm Lập Liên
Linh Long Lộc Lương Mao Mậu Minh Mỹ Nam Nghĩa Ngọc Nguyên Nhân Ninh Phong Phú Phúc Phượng Quang Quế Sơn Tân Thạch Thái Thanh
Thành Thịnh Thọ Thụy Thủy Tiên Tiến Toàn Trung Trường Tuấn Văn Viên Vinh Vĩnh Xuân Yên""".split()
GENERIC = {
    "relics": [("Đình", "Communal House"), ("Đền", "Temple"), ("Chùa", "Pagoda"), ("Miếu", "Shrine"), ("Nhà thờ họ", "Clan Hall"), ("Lăng", "Tomb")],
    "products": [("Bánh đậu xanh", "Mung Bean Cake"), ("Bánh gai", "Thorn Leaf Cake"), ("Rươi", "Ragworm"), ("Gốm", "Pottery"), ("Chiếu cói", "Sedge Mat"), ("Rượu nếp", "Rice Spirit")],
}
COMMUNES = "10570 10909 10930 10813 10507 10603 10645 10714 10816 10846".split()
TYPES = ["history", "architecture", "archaeology", "landscape"]
RANKS = ["special-national", "national", "provincial", "inventoried"]
PERIODS = [("thời Lý", "Lý period", 1009, 1225), ("thời Trần", "Trần period", 1225, 1400), ("thời Lê sơ", "Early Lê period", 1428, 1527),
           ("thời Mạc", "Mạc period", 1527, 1592), ("thời Nguyễn", "Nguyễn period", 1802, 1945)]
MONTHS = "January February March April May June July August September October November December".split()


class Dice:
    """Draws that do not change with the version of Python: `random()` alone is promised to stay."""

    def __init__(self, seed):
        self.next = random.Random(seed).random

    def below(self, n):
        return int(self.next() * n)

    def between(self, a, b):
        return a + self.below(b - a + 1)

    def one(self, items):
        return items[self.below(len(items))]

    def chance(self, percent):
        return self.next() * 100 < percent

    def words(self, n, lang):
        return [self.one(VI if lang == "vi" else EN) for _ in range(n)]


def make_id(number):
    """The id of an entry: a fixed walk over all draws, without those that dautich never gives."""
    draw = (number * 7_368_787 + 1_299_709) % 29**5
    symbols = []
    for _ in range(5):
        symbols.append(draw % 29)
        draw //= 29
    total = sum(weight * value for weight, value in zip((6, 5, 4, 3, 2), symbols))
    text = "".join(ALPHABET[value] for value in [*symbols, (29 - total) % 29])
    return None if text.isdigit() or any(word in text for word in DENIED) else text


def ids(count):
    found, number = [], 0
    while len(found) < count:
        number += 1
        one = make_id(number)
        if one:
            found.append(one)
    return found


def slug(text):
    flat = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in flat if not unicodedata.combining(c))).strip("-")


def kind_of(number):
    return "relics" if number % 10 < 7 else "products"


def name_of(number):
    """The name of an entry, never twice under 27,000 entries."""
    kind = kind_of(number)
    at = (number * 7919 + 13) % (len(NAMES) ** 2 * 6)
    vi, en = GENERIC[kind][at % 6]
    proper = f"{NAMES[at // 6 % len(NAMES)]} {NAMES[at // 6 // len(NAMES)]}"
    return {"vi": f"{vi} {proper}", "en": f"{proper} {en}"}


def sentence(dice, low, high, lang):
    words = dice.words(dice.between(low, high), lang)
    if len(words) > 12:
        words[6] += ","
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


def phrase(dice, low, high, lang):
    return " ".join(dice.words(dice.between(low, high), lang))


def both(dice, low, high):
    return {lang: phrase(dice, low, high, lang).capitalize() for lang in ("vi", "en")}


def article(dice, lang, links):
    """About 350 words: paragraphs under headings, a list, a table, emphasis, links to two other entries."""
    def paragraph(n):
        return " ".join(sentence(dice, 9, 19, lang) for _ in range(n))
    first, last = paragraph(3), paragraph(3)
    items = "\n".join(f"- {phrase(dice, 5, 9, lang)};" for _ in range(4))
    rows = "\n".join(f"| {phrase(dice, 2, 3, lang)} | {dice.between(2, 900)} | {phrase(dice, 2, 4, lang)} |" for _ in range(3))
    head = "| " + " | ".join(phrase(dice, 1, 2, lang) for _ in range(3)) + " |\n|---|---|---|"
    linked = " ".join(f"{sentence(dice, 5, 9, lang)[:-1]} [{text}]({target})." for text, target in links)
    headings = [phrase(dice, 3, 6, lang).capitalize() for _ in range(3)]
    text = (f"{first}\n\n## {headings[0]}\n\n{paragraph(4)} **{phrase(dice, 3, 5, lang).capitalize()}**, *{phrase(dice, 3, 5, lang)}*.\n\n{items}\n\n"
            f"## {headings[1]}\n\n{paragraph(5)}\n\n{head}\n{rows}\n\n{linked}\n\n## {headings[2]}\n\n{paragraph(3)}\n\n{last}\n")
    return text, first.split()[:8], last.split()[-8:]


class Entry:
    """One entry: its head (facts), its prose in two languages, and what a page must show of it."""

    def __init__(self, number, count, all_ids, seed):
        dice = Dice(f"{seed}:{number}")
        self.number, self.kind, self.id = number, kind_of(number), all_ids[number]
        self.title, self.slug = name_of(number), slug_of(number)
        self.summary = {lang: f"{sentence(dice, 10, 18, lang)} {sentence(dice, 8, 14, lang)}" for lang in ("vi", "en")}
        self.links = [(number + 1 + dice.below(count - 1)) % count if count > 1 else number for _ in range(2)]
        self.relics = [at for at in ((number * 31 + 10 * step) // 10 * 10 % count for step in (1, 2)) if at != number]
        self.head, self.shown = {}, {"vi": [], "en": []}
        self.facts(dice)
        self.dice = dice

    @functools.cached_property
    def body(self):
        return {lang: article(self.dice, lang, [(name_of(at)[lang], f"\0{at}\0") for at in self.links]) for lang in ("vi", "en")}

    def show(self, value, vi=None, en=None):
        """Keeps a fact for the comparison; says it back."""
        for lang in ("vi", "en"):
            said = (value[lang] if isinstance(value, dict) else str(value)) if vi is None else (vi, en)[lang == "en"]
            self.shown[lang].append(said)
        return value

    def day(self, dice, first=2019, last=2026):
        year, month, day = dice.between(first, last), dice.between(1, 10), dice.between(1, 28)
        self.show(None, f"{day}/{month}/{year}", f"{day} {MONTHS[month - 1]} {year}")
        return f"\1{year}-{month:02}-{day:02}"

    def facts(self, dice):
        head = self.head
        head["also"] = [f"{self.title['vi']} {dice.one(NAMES)}" for _ in range(dice.between(1, 2))]
        head["place"] = {
            "commune": "\2" + dice.one(COMMUNES), "as_of": "\x012026-11-21", "detail": self.show({"vi": f"thôn {(n := dice.one(NAMES))}", "en": f"{n} hamlet"}),
            "before": self.show(f"xã {dice.one(NAMES)} {dice.one(NAMES)}, huyện {dice.one(NAMES)} Giàng, tỉnh Hải Dương"),
            "point": [round(20.6 + dice.next() * 0.6, 4), round(106.1 + dice.next() * 0.5, 4)], "precision": dice.one(["site", "commune"]),
        }
        if self.kind == "relics":
            self.relic(dice)
        else:
            self.product(dice)
        head["sources"] = [{"title": self.show(f"{sentence(dice, 5, 9, 'vi')[:-1]}, bài số {dice.between(1000, 99999)}"), "url": f"https://tulieu{i}.example/bai/{self.number}", "on": self.day(dice)} for i in range(3)]
        if dice.chance(30):
            head["claims"] = [{"about": self.show(both(dice, 2, 5)), "says": [{"what": self.show(both(dice, 2, 5)), "source": i} for i in (1, 2)]}]
        if dice.chance(60):
            head["reviewed"] = {"by": self.show(f"Phòng Văn hóa {dice.one(NAMES)} {dice.one(NAMES)}"), "on": self.day(dice)}
        head["updated"] = self.day(dice)

    def relic(self, dice):
        head = self.head
        head["types"] = TYPES[(at := dice.below(3)):at + 2]
        top = dice.below(3)
        head["designations"] = [
            {"kind": RANKS[top + i], "year": self.show(dice.between(1990, 2020)), "decision": self.show(f"{dice.between(100, 4999)}/QĐ-BVHTT"), "issuer": self.show(both(dice, 2, 3)), "source": 1}
            for i in range(dice.between(1, 2))]
        head["worships"] = self.show(both(dice, 3, 7))
        vi, en, start, end = dice.one(PERIODS)
        head["period"] = {"text": self.show({"vi": vi, "en": en}), "from": start, "to": end}
        years = sorted(dice.between(1000, 2020) for _ in range(3))
        head["timeline"] = [{"when": {"vi": f"\2{year}", "en": f"\2{year}"}, "sort": year, "what": self.show(both(dice, 5, 10)), "source": dice.between(1, 3)} for year in years]
        day, month = dice.between(1, 28), dice.between(1, 12)
        self.show(None, f"ngày {day} tháng {month} âm lịch", f"day {day} of lunar month {month}")
        head["festivals"] = [{"name": self.show(both(dice, 3, 5)), "lunar": f"{day}/{month}", "days": 2, "every": 1, "source": 2}]
        head["visiting"] = {key: self.show(both(dice, 4, 9)) for key in ("dress", "access", "hours", "fee")[: dice.between(2, 4)]}
        if dice.chance(20) and self.relics:
            head["part_of"] = f"\3{self.relics[0]}"
            self.show(name_of(self.relics[0]))

    def product(self, dice):
        head = self.head
        head["makers"] = [{"name": self.show(f"Hợp tác xã {dice.one(NAMES)} {dice.one(NAMES)}"), "place": {"commune": "\2" + dice.one(COMMUNES)}, "website": f"https://htx{i}.example/{self.number}"} for i in range(dice.between(1, 3))]
        head["craft"] = dice.chance(30)
        head["season"] = self.show(both(dice, 2, 5))
        if dice.chance(40):
            head["protection"] = [{"kind": "certification-mark", "number": f"\2{dice.between(10000, 99999)}", "year": dice.between(2007, 2020), "source": 1}]
            self.show(None, "Nhãn hiệu chứng nhận", "Certification mark")
        head["label"] = {key: self.show(both(dice, 4, 10)) for key in ("ingredients", "shelf_life", "storage", "allergens")}
        head["label"]["net"] = f"{dice.between(1, 9)}00 g"
        if self.relics:
            head["from_relics"] = [f"\3{at}" for at in self.relics]
            for at in self.relics:
                self.show(name_of(at))

    def folder(self):
        return f"content/{self.kind}/{self.slug}"


def slug_of(number):
    return f"{slug(name_of(number)['vi'])}-{number}"


# ---- YAML, the little that a head needs. \1 marks a day, \2 digits to quote, \3 another entry.

PLAIN = re.compile(r"[^\W\d_][\w ./-]*\Z")


def scalar(value, refer):
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if value[:1] == "\1":
        return value[1:]
    if value[:1] == "\2":
        return f'"{value[1:]}"'
    if value[:1] == "\3":
        return refer(int(value[1:]))
    if PLAIN.match(value) and value.lower() not in ("true", "false", "null", "yes", "no", "on", "off", "y", "n") and value == value.strip():
        return value
    return json.dumps(value, ensure_ascii=False)


def flow(value, refer):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one, refer)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one, refer) for one in value) + "]"
    return scalar(value, refer)


def head(pairs, refer):
    lines = ["---"]
    for key, value in pairs.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            lines += [f"  - {flow(one, refer)}" for one in value]
        elif key in ("place", "visiting", "label"):
            lines.append(f"{key}:")
            lines += [f"  {inner}: {flow(one, refer)}" for inner, one in value.items()]
        else:
            lines.append(f"{key}: {flow(value, refer)}")
    return "\n".join([*lines, "---", ""])


def linked(text, refer):
    return re.sub("\0(\\d+)\0", lambda found: refer(int(found[1])), text)


def fingerprint(title, summary, text):
    lines = [line.rstrip() for line in text.rstrip().split("\n")]
    return hashlib.sha256("\x1f".join([title, summary, "\n".join(lines)]).encode()).hexdigest()[:12]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


# ---- what stands near what, for Hugo to be told; dautich finds it out

def kilometres(a, b):
    (lat, lon), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    chord = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(chord)))


def near(entries, most=8, reach=15, side=0.02):
    """For each number of an entry the eight nearest, with kilometres, then others of its commune, as `build/near` does."""
    places = {one.number: one.head["place"] for one in entries}
    order = sorted(places, key=lambda at: (kind_of(at) == "products", f"content/{kind_of(at)}/{slug_of(at)}"))
    points = {at: tuple(places[at]["point"]) for at in order if places[at]["precision"] == "site"}
    cells, communes = {}, {}
    for at in order:
        communes.setdefault(places[at]["commune"], []).append(at)
        if at in points:
            cells.setdefault(tuple(math.floor(x / side) for x in points[at]), []).append(at)
    found = {}
    for at in order:
        measured = []
        if at in points:
            row, column = (math.floor(x / side) for x in points[at])
            for radius in range(9):
                if len(measured) == most and measured[-1][0] < (radius - 1) * 2:
                    break
                ring = [(y, x) for y in range(-radius, radius + 1) for x in range(-radius, radius + 1) if max(abs(y), abs(x)) == radius]
                others = [other for y, x in ring for other in cells.get((row + y, column + x), ()) if other != at]
                measured += [(far, other) for other in others if (far := kilometres(points[at], points[other])) <= reach]
                measured = sorted(measured)[:most]
        known = {at, *(other for _, other in measured)}
        same = [other for other in communes[places[at]["commune"]][:most * 2 + 1] if other not in known][:most - len(measured)]
        found[at] = [(other, far) for far, other in measured] + [(other, None) for other in same]
    return found


# ---- the dautich site

def write_dautich(root, entries, all_ids):
    write(root / "dautich.yaml", "\n".join([
        "title: " + flow(SITE, None), f"printed_address: {BASE}", f"base_url: {BASE}", "languages: [vi, en]", "theme: default", "sections:",
        *[f"  {kind}: {flow(names, None)}" for kind, names in SECTIONS.items()],
        "publisher: " + flow(PUBLISHER, None), f"contact: {{email: {EMAIL}}}", f"licence: {LICENCE}", ""]))
    for entry in entries():
        folder = root / entry.folder()
        texts = {lang: linked(entry.body[lang][0], lambda at: f"id:{all_ids[at]}") for lang in ("vi", "en")}
        facts = {"id": entry.id, "title": entry.title["vi"], "also": entry.head["also"], "summary": entry.summary["vi"], **entry.head}
        stamp = fingerprint(entry.title["vi"], entry.summary["vi"], texts["vi"])
        translation = {"title": entry.title["en"], "summary": entry.summary["en"], "translator": TRANSLATOR, "source_hash": f"\2{stamp}"}
        write(folder / "index.md", head(facts, lambda at: all_ids[at]) + texts["vi"])
        write(folder / "index.en.md", head(translation, None) + texts["en"])


# ---- the Hugo site

def trim(template):
    """What dautich does to its own templates when it loads them."""
    return "\n".join(line.lstrip() for line in template.splitlines() if line.strip())


def write_hugo(root, entries, all_ids, per_page):
    theme = REPOSITORY / "themes/default"
    css, js = ((theme / f"inline/page.{end}").read_text("utf-8").strip() for end in ("css", "js"))
    for file in sorted((HERE / "hugo").rglob("*")):
        if file.is_file():
            text = file.read_text("utf-8")
            write(root / file.relative_to(HERE / "hugo"), text if file.suffix == ".md" else trim(text))
    write(root / "assets/page.css", css)
    write(root / "assets/page.js", js)
    shutil.copytree(theme / "static", root / "static", dirs_exist_ok=True)
    for lang in ("vi", "en"):
        strings = (theme / f"i18n/{lang}.yaml").read_text("utf-8")
        write(root / f"data/strings/{lang}.yaml", strings.replace("\nprotection_certification_mark", "\nprotection_certification-mark", 1))
    write(root / "data/units.json", json.dumps(units(), ensure_ascii=False))
    write(root / "hugo.yaml", hugo_config(css, js, per_page))

    def path(at):
        return f"/{kind_of(at)}/{slug_of(at)}"
    landings, beside = [], near(entries())
    for entry in entries():
        folder = root / entry.folder()
        refer = path
        facts = {"title": entry.title["vi"], "id": f"\2{entry.id}", "also": entry.head["also"], "summary": entry.summary["vi"], **entry.head}
        if "part_of" in facts:
            facts["part_of"] = [facts["part_of"]]
        facts["near"] = [{"to": path(at), "km": far_of(far)} for at, far in beside[entry.number]]
        translation = {"title": entry.title["en"], "summary": entry.summary["en"], "translator": TRANSLATOR}
        write(folder / "index.vi.md", head(facts, refer) + linked(entry.body["vi"][0], refer))
        write(folder / "index.en.md", head(translation, refer) + linked(entry.body["en"][0], refer))
        landings.append({"id": entry.id, "title": entry.title["vi"], "entry": path(entry.number)})
    write(root / "data/landings.json", json.dumps(landings, ensure_ascii=False))


def far_of(far):
    if far is None:
        return {"vi": "\2", "en": "\2"}
    figure = f"{far:.1f}" if far < 10 else f"{far:.0f}"
    return {"vi": f"\2{figure.replace('.', ',')}", "en": f"\2{figure}"}


def units():
    """Every commune's label in both languages, from the table that dautich carries inside."""
    labels = {}
    for row in (REPOSITORY / "src/vietnam/vn-units-2025.tsv").read_text("utf-8").splitlines():
        cells = row.split("\t")
        if row.startswith("#") or not cells[5:6] or not cells[5].isdigit():
            continue
        province, province_full, code, name, full = cells[1], cells[3], cells[5], cells[6], cells[8]
        kind, city = full.removesuffix(name).strip(), province_full.startswith("Thành phố")
        english = {"Phường": "ward", "Đặc khu": "special zone"}.get(kind, "commune")
        labels[code] = {"vi": f"{kind.lower()} {name}, {'thành phố' if city else 'tỉnh'} {province}", "en": f"{name} {english}, {province} {'city' if city else 'province'}", "name": name, "province": province}
    return labels


def hugo_config(css, js, per_page):
    def digest(text):
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    csp = ("default-src 'none'; img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
           f"style-src 'sha256-{digest(css)}'; script-src 'sha256-{digest(js)}'; base-uri 'none'; form-action 'none'")
    languages = {}
    for weight, lang in enumerate(("vi", "en"), 1):
        folders = {kind: f"/{names[lang]}/" for kind, names in SECTIONS.items()}
        languages[lang] = {
            "weight": weight, "title": SITE[lang], "outputs": {"home": ["html", "rss", "entries"] if lang == "vi" else ["html", "rss"], "section": ["html"]}, "params": {"publisher": PUBLISHER[lang]},
            "permalinks": {"page": {kind: f"{folder}:contentbasename/" for kind, folder in folders.items()}, "section": folders},
            "pagination": {"pagerSize": per_page or 48, "path": PAGING[lang], "disableAliases": True},
        }
    # What dautich does not make is switched off; what a careful Hugo user would set for speed is set. JSON is YAML.
    return json.dumps({
        "baseURL": BASE, "defaultContentLanguage": "vi", "defaultContentLanguageInSubdir": True, "disableDefaultLanguageRedirect": True,
        "disableKinds": ["taxonomy", "term", "404"], "enableRobotsTXT": True, "services": {"rss": {"limit": 50}}, "disableHugoGeneratorInject": True, "disablePathToLower": True,
        "languages": languages,
        "outputFormats": {"entries": {"mediaType": "application/json", "baseName": "entries", "path": "data", "isPlainText": True, "root": True, "notAlternative": True}},
        "params": {"csp": csp, "licence": LICENCE, "email": EMAIL, "printed": BASE, "host": BASE[8:-1], "paged": per_page > 0},
        "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}, "linkify": False, "definitionList": False, "taskList": False}}},
    }, ensure_ascii=False, indent=1)


# ---- the comparison of what was built

def plain(page):
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    text = re.sub(r"<[^>]*>", " ", text)
    return re.sub(r"\s+", " ", html.unescape(text)).replace(" ,", ",").replace(" .", ".").replace(" ;", ";").strip()


def stories(page):
    return [plain(found) for found in re.findall(r'<div class="story[^>]*>(.*?)<div class="side">', page, flags=re.S)]


def compare(count, seed, folders, samples=20):
    """The pages of 20 entries on both sides: same title, summary, article and facts. Returns what is wrong."""
    all_ids, wrong = ids(count), []
    beside = near(Entry(number, count, all_ids, seed) for number in range(count))
    for step in range(min(samples, count)):
        number = step * (count - 1) // max(1, min(samples, count) - 1)
        entry = Entry(number, count, all_ids, seed)
        pages = {f"{lang}/{SECTIONS[entry.kind][lang]}/{entry.slug}/index.html": [lang] for lang in ("vi", "en")}
        pages[f"Q/{entry.id}/index.html"] = ["vi", "en"]
        for path, langs in pages.items():
            found = []
            for folder in folders:
                try:
                    page = (Path(folder) / path).read_text("utf-8")
                except OSError as error:
                    wrong.append(f"{folder}: {error}")
                    continue
                text = plain(page)
                found.append(stories(page))
                for lang in langs:
                    _, first, last = entry.body[lang]
                    for said in [entry.title[lang], entry.summary[lang], " ".join(first), " ".join(last), entry.id, *entry.shown[lang], *(name_of(at)[lang] + (f" {far_of(far)[lang][1:]} km" if far else "") for at, far in beside[entry.number])]:
                        if said not in text:
                            wrong.append(f"{folder}/{path}: lacks {said!r}")
            if len(found) == 2 and (found[0] != found[1] or len(found[0]) != len(langs)):
                wrong.append(f"{path}: the articles differ")
    return wrong


def tree(folder):
    """The sizes of the files of an output, by what they are."""
    sizes = {}
    for file in Path(folder).rglob("*"):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not name.startswith(".dautich/"):
            kinds = [("landings", r"Q/[^/]+/index\.html"), ("entry pages", r"..?/[^/]+/[^/]+-\d+/index\.html"), ("lists", r"..?/[^/]+/(.*/)?index\.html"), ("symbols", r"qr/.*")]
            kind = next((kind for kind, pattern in kinds if re.fullmatch(pattern, name)), "other")
            files, total = sizes.get(kind, (0, 0))
            sizes[kind] = (files + 1, total + file.stat().st_size)
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("folder", nargs="?", metavar="DIR", type=Path)
    parser.add_argument("--hugo", metavar="DIR2", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-page", type=int, default=0, help="entries a list page on Hugo's side; 0: all on one")
    parser.add_argument("--check", nargs=2, metavar=("OUT", "OUT2"), help="the outputs of dautich and of Hugo")
    given = parser.parse_args()
    if given.check:
        wrong = compare(given.count, given.seed, given.check)
        print("\n".join(wrong[:40]) or "the same on both sides: title, summary, article and facts of the sampled entries")
        sys.exit(1 if wrong else 0)
    all_ids = ids(given.count)

    def entries():
        return (Entry(number, given.count, all_ids, given.seed) for number in range(given.count))
    if given.folder:
        write_dautich(given.folder, entries, all_ids)
    if given.hugo:
        write_hugo(given.hugo, entries, all_ids, given.per_page)


if __name__ == "__main__":
    main()
