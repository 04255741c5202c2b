"""Messages for the tests of this package, put together by us: words of three themes, some of them shared."""

from random import Random

from suggestion.training import Message

THEMES = {
    "交通运输": [
        "公交",
        "线路",
        "司机",
        "站台",
        "高速",
        "收费",
        "出租车",
        "班车",
        "堵车",
        "路口",
        "客运",
        "地铁",
    ],
    "教育文体": [
        "学校",
        "老师",
        "学生",
        "补课",
        "幼儿园",
        "教材",
        "招生",
        "高考",
        "食堂",
        "校服",
        "家长",
        "操场",
    ],
    "环境保护": [
        "噪音",
        "污水",
        "粉尘",
        "臭味",
        "油烟",
        "排放",
        "垃圾",
        "河道",
        "废气",
        "扰民",
        "焚烧",
        "水质",
    ],
}

SHARED = ["领导", "希望", "解决", "小区", "居民", "反映", "多次", "电话", "部门", "回复", "附近", "每天"]


def messages(number: int, *, seed: int = 1) -> list[Message]:
    """Six words of a theme and four that say nothing, in any order."""
    dice = Random(seed)
    made = []
    for _ in range(number):
        subject = dice.choice(sorted(THEMES))
        words = dice.sample(THEMES[subject], 6) + dice.sample(SHARED, 4)
        dice.shuffle(words)
        made.append(Message(tuple(words), subject))
    return made
