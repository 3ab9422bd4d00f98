"""What the invented news is made of, in Vietnamese and English.

Every text is a pair, Vietnamese first. In sentences `{place}`, `{n}` and `{voice}` are filled in.
"""

from __future__ import annotations

from typing import NamedTuple

Pair = tuple[str, str]


class Outlet(NamedTuple):
    """Who publishes articles."""

    id: str
    name: Pair
    kind: str
    country: str
    language: str


class Voice(NamedTuple):
    """Who speaks in articles."""

    id: str
    name: Pair
    kind: str
    side: str


PLACES: tuple[Pair, ...] = (
    ("Vũng Sóng", "Vung Song"),
    ("Cửa Đá", "Cua Da"),
    ("Bến Lau", "Ben Lau"),
    ("Hòn Trầm", "Hon Tram"),
    ("Đầm Sen", "Dam Sen"),
    ("Mũi Yến", "Mui Yen"),
    ("Sông Ngọc", "Song Ngoc"),
    ("Vịnh Hải Âu", "Gull Bay"),
    ("Northmouth", "Northmouth"),
    ("Saltby", "Saltby"),
    ("Port Ellery", "Port Ellery"),
    ("Cồn Phượng", "Con Phuong"),
)

SUBJECTS: tuple[Pair, ...] = (
    ("cảng cá {place}", "the fishing harbour of {place}"),
    ("cây cầu mới ở {place}", "the new bridge at {place}"),
    ("đê chắn sóng {place}", "the breakwater of {place}"),
    ("tuyến phà {place}", "the {place} ferry line"),
    ("chợ hải sản {place}", "the seafood market of {place}"),
    ("ngọn hải đăng {place}", "the {place} lighthouse"),
)

OCCASIONS: tuple[Pair, ...] = (
    ("Hội đồng bàn về {subject}", "Council debates {subject}"),
    ("Khởi công {subject}", "Work begins on {subject}"),
    ("Bão làm hỏng {subject}", "Storm damages {subject}"),
    ("Mở rộng {subject}", "Expansion of {subject}"),
    ("Đóng cửa tạm thời {subject}", "Temporary closure of {subject}"),
)

HEADLINES: tuple[Pair, ...] = (
    ("{place}: con số được nêu nhiều nhất là {n}", "{place}: the figure most often given is {n}"),
    ("Ngư dân {place} chờ câu trả lời", "Fishers of {place} wait for an answer"),
    ("{voice} nói về kế hoạch ở {place}", "{voice} on the plan for {place}"),
    ("Đợt {n}: việc gì đã xong ở {place}", "Phase {n}: what is done at {place}"),
    ("Ai trả tiền cho công trình ở {place}", "Who pays for the works at {place}"),
)

SENTENCES: tuple[Pair, ...] = (
    (
        "Theo bài báo, công việc ở **{place}** bắt đầu từ tờ mờ sáng và có {n} người tham gia.",
        "According to the article, work at **{place}** began at first light, with {n} people.",
    ),
    (
        "{voice} cho biết luồng vào cảng sẽ được nạo vét thêm {n} mét trước mùa gió.",
        "{voice} says the channel will be dredged by a further {n} metres before the windy season.",
    ),
    (
        "Bài viết nhắc rằng cây cầu cũ đã phục vụ người dân hai bên bờ suốt {n} năm.",
        "The article recalls that the old bridge served people on both banks for {n} years.",
    ),
    (
        "Ngư dân kể rằng *mùa cá năm nay* đến muộn hơn thường lệ khoảng {n} ngày.",
        "Fishers say that *this year’s season* came about {n} days later than usual.",
    ),
    (
        "Không dẫn nguồn, tờ báo viết rằng {n} chiếc thuyền nhỏ phải neo ở phía ngoài.",
        "Citing no source, the paper writes that {n} small boats had to anchor outside.",
    ),
    (
        "Một đoạn khác nói về giá thuê chỗ ở chợ cá, nay tính theo tuần thay vì theo tháng.",
        "Another passage is about stall rents at the fish market, now set by week, not by month.",
    ),
    (
        "{voice} nhấn mạnh rằng **an toàn của thuyền viên** phải được đặt lên trước tiến độ.",
        "{voice} stresses that **the safety of crews** must come before the timetable.",
    ),
    (
        "Bản vẽ ban đầu có thêm một lối đi bộ dọc kè, nhưng phần này đã bị cắt khỏi dự toán.",
        "The first drawings had a footpath along the quay, but it was cut from the estimate.",
    ),
    (
        "Người bán hàng quanh bến mong phà chạy lại trước *ngày rằm*, khi khách đông nhất.",
        "Traders at the landing hope the ferry will run again before *the full moon*, their peak.",
    ),
    (
        "Tổ khảo sát đo mực nước {n} lần trong ngày và công bố bảng số liệu vào buổi tối.",
        "The survey team measured the water level {n} times a day and published it at night.",
    ),
    (
        "Bài báo so sánh với công trình ở {place}, nơi thời gian thi công dài gấp đôi dự kiến.",
        "The article compares it with the works at {place}, which took twice as long as planned.",
    ),
    (
        "Theo {voice}, kho lạnh mới có thể chứa {n} tấn hàng và chạy bằng điện mặt trời.",
        "According to {voice}, the new cold store can hold {n} tonnes and runs on solar power.",
    ),
    (
        "Trường học gần cảng đã đổi giờ tan lớp để học sinh không phải qua cầu lúc đông xe.",
        "The school near the harbour moved its hours so pupils avoid the bridge when it is busy.",
    ),
    (
        "Phần cuối bài nêu ý kiến của người dân: *ai cũng muốn cầu xong sớm*, nhưng không vội.",
        "The last part gives residents’ views: *all want the bridge soon*, but without haste.",
    ),
    (
        "Tờ báo lưu ý rằng số liệu của hai bên chênh nhau {n} phần trăm và chưa ai giải thích.",
        "The paper notes that the two sides’ figures differ by {n} per cent, unexplained so far.",
    ),
    (
        "{voice} hứa sẽ đăng toàn bộ hợp đồng lên mạng trong vòng {n} ngày tới.",
        "{voice} promises to put the whole contract online within {n} days.",
    ),
    (
        "Xe tải nặng phải đi đường vòng qua {place}, làm mỗi chuyến dài thêm {n} cây số.",
        "Heavy lorries must go round by {place}, which adds {n} kilometres to each trip.",
    ),
    (
        "Hợp tác xã đã mua lưới mới có mắt rộng hơn để **giữ lại cá con** cho mùa sau.",
        "The cooperative bought nets with a wider mesh to **spare young fish** for next season.",
    ),
    (
        "Về thời tiết, bài viết chỉ dẫn một câu trong bản tin sáng và không bình luận gì thêm.",
        "On the weather, the article quotes one line of the morning bulletin and adds nothing.",
    ),
    (
        "Ngọn đèn trên mũi đất được thay bằng loại tiết kiệm điện, nhìn thấy từ {n} hải lý.",
        "The lamp on the headland was replaced by a thrifty one, visible for {n} nautical miles.",
    ),
    (
        "Cuộc họp kéo dài đến chiều muộn, và {voice} là người phát biểu sau cùng.",
        "The meeting ran until late afternoon, and {voice} was the last to speak.",
    ),
    (
        "Bài cũng kể chuyện một gia đình ba đời đóng thuyền gỗ ở {place} và vẫn còn giữ nghề.",
        "It also tells of a family that has built wooden boats at {place} for three generations.",
    ),
)

LINKING: tuple[Pair, ...] = (
    ("Số liệu chi tiết nằm ở [{label}]({link}).", "The details are under [{label}]({link})."),
    ("Điều này liên quan đến [{label}]({link}).", "This bears on [{label}]({link})."),
)
TO_ARTICLE: Pair = (
    "[Một bài khác của chủ đề]({link}) kể lại sự việc theo cách riêng.",
    "[Another article of the topic]({link}) tells it in its own way.",
)
OUTWARD: Pair = (
    "Bản đồ có ở [trang của cơ quan khảo sát]({link}).",
    "The map is on [the survey’s own page]({link}).",
)

HEADINGS: tuple[Pair, ...] = (
    ("Những gì đã rõ", "What is clear"),
    ("Những con số", "The figures"),
    ("Người dân nói gì", "What residents say"),
    ("Chuyện tiền bạc", "The money"),
    ("Việc còn lại", "What is left to do"),
    ("Bối cảnh", "The background"),
)

TABLE_HEAD: tuple[Pair, ...] = (("Hạng mục", "Item"), ("Trước", "Before"), ("Sau", "After"))
TABLE_ITEMS: tuple[Pair, ...] = (
    ("Chỗ neo thuyền", "Moorings"),
    ("Chuyến phà mỗi ngày", "Ferries a day"),
    ("Tấn cá mỗi tuần", "Tonnes of fish a week"),
    ("Xe qua cầu mỗi giờ", "Vehicles an hour"),
    ("Sạp hàng", "Stalls"),
    ("Đèn hiệu", "Beacons"),
)

DEK: Pair = (
    "Mười bài viết về {subject}: điều gì khớp nhau, điều gì khác nhau và lời nào là của ai.",
    "Ten articles on {subject}: what agrees, what differs and whose words are whose.",
)

PASSAGES: dict[str, tuple[str, ...]] = {
    "vi": (
        "công trình sẽ hoàn thành đúng như kế hoạch đã được phê duyệt",
        "phần lớn tàu thuyền đã vào nơi trú ẩn trước khi gió mạnh lên",
        "chi phí phát sinh do giá thép và xi măng đều tăng trong quý",
        "người dân hai bên bờ đã chờ cây cầu này từ rất lâu rồi",
    ),
    "en": (
        "the works will be finished just as the approved plan foresees",
        "most of the boats had reached shelter before the wind rose",
        "extra costs arose because both steel and cement grew dearer",
        "people on both banks have long been waiting for this bridge",
    ),
    "fr": (
        "les travaux seront achevés comme le prévoit le plan approuvé",
        "la plupart des bateaux étaient à l’abri avant le coup de vent",
        "les riverains attendent ce nouveau pont depuis très longtemps",
    ),
}

OUTLETS: tuple[Outlet, ...] = (
    Outlet("bao-bien", ("Báo Biển", "Sea Daily"), "newspaper", "VN", "vi"),
    Outlet("tin-cang", ("Tin Cảng", "Harbour News"), "website", "VN", "vi"),
    Outlet("tap-chi-cau", ("Tạp chí Cầu", "Bridges Magazine"), "magazine", "VN", "vi"),
    Outlet("dai-vung-song", ("Đài Vũng Sóng", "Radio Vung Song"), "broadcaster", "VN", "vi"),
    Outlet("nong-ngu", ("Nông Ngư", "Farm and Fishery"), "newspaper", "VN", "vi"),
    Outlet("thong-tan-bien", ("Thông tấn Biển", "Sea Press"), "agency", "VN", "vi"),
    Outlet("saltby-echo", ("The Saltby Echo", "The Saltby Echo"), "newspaper", "GB", "en"),
    Outlet("ellery-post", ("Ellery Post", "Ellery Post"), "newspaper", "GB", "en"),
    Outlet("quay-radio", ("Quay Radio", "Quay Radio"), "broadcaster", "GB", "en"),
    Outlet("tidewire", ("Tidewire", "Tidewire"), "agency", "GB", "en"),
    Outlet("le-phare", ("Le Phare", "Le Phare"), "newspaper", "FR", "fr"),
    Outlet("marees", ("Marées", "Marées"), "magazine", "FR", "fr"),
)

SIDES: dict[str, Pair] = {
    "authority": ("chính quyền", "the authorities"),
    "trade": ("giới kinh doanh", "business"),
    "residents": ("người dân", "residents"),
}

VOICES: tuple[Voice, ...] = (
    Voice("port-office", ("Ban quản lý cảng", "Port Office"), "government", "authority"),
    Voice("council", ("Hội đồng thị xã", "Town Council"), "government", "authority"),
    Voice("bridge-agency", ("Cục Cầu đường", "Bridge Agency"), "government", "authority"),
    Voice("mayor-linh", ("bà Đỗ Mỹ Linh", "Mayor Do My Linh"), "person", "authority"),
    Voice("builders", ("Công ty Xây dựng Sóng", "Wave Builders"), "organisation", "trade"),
    Voice("ferry-line", ("Hãng phà Ven Bờ", "Shoreline Ferries"), "organisation", "trade"),
    Voice("cold-store", ("Kho lạnh Bắc Cảng", "North Quay Cold Store"), "organisation", "trade"),
    Voice("fishers", ("Hợp tác xã ngư dân", "Fishers’ Cooperative"), "organisation", "residents"),
    Voice("captain-huy", ("thuyền trưởng Huy", "Captain Huy"), "person", "residents"),
    Voice("market-women", ("Hội tiểu thương", "Traders’ Union"), "organisation", "residents"),
)
