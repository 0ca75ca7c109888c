"""A text as the set of word pieces that the learned weights know: the same for training and for reading.

Words are folded (no capitals, no accents, one Chinese script, numbers as 0), so that "Löschen", "loschen" and "LÖSCHEN"
are one. A word gives itself and its pieces, which survive typing errors and inflection; two words in a row give a pair.
"""

# ruff: noqa: RUF001 - letters of other scripts are the very matter here

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_WORD: Final = 40
"""Letters of a word that are looked at; longer ones are links and keys."""
PIECES: Final = (3, 4, 5)
SYLLABLES: Final = (1, 2, 3)
"""Lengths of the pieces of a word, and of a Korean one, whose letters are syllables."""
KNOWN: Final = 20_000

_KOREAN: Final = "\uac00"
_SINGLE: Final = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS: Final = "\u0300-\u036f"
_WORD: Final = re.compile(rf"[{_SINGLE}]|(?:[^\W_{_SINGLE}][{_MARKS}]*)+")
_DIGITS: Final = re.compile(r"\d+")
_TRADITIONAL: Final = (
    "個們來東時書會學為這對說開關門問間見貝車馬長風飛魚鳥龍龜電號帳賬戶刪資訊據請貴權從將與應該讓給結經絡線紙級約"
    "繼續終總編織網銷售賣買質費貨貸貿財責貪貧購賴贈贊賞賠賤賦輸轉輕載輯記計訂訃訪設許訴詞試詢詳語認誤誰課調談論"
    "諾謝證識譯議護讀變還進運過達違遠適選遞郵鄰釋錄鍵錯錢鐘鏡鎖閉閱聞關陽陰陳際陸險隨隱難離雙雜雖雲靈靜響頁項順須"
    "預領頭題願類顧顯驗驚體點黨齊齒點數據庫構業機樣檔檢標權歡歲歷殘殺氣決沒況淨準溫滅漢澤濟災無煩熱爭爾狀獨獲現環"
    "產畫異當發監盤睜瞭確碼禁禮種稱穩競筆節範簡簽糾紀級純納紛組細絕統絲綁維緊緒緣縣縮績聯聲職聽肅腦臨舊興舉艱處虛"
    "補裝製複見規視親覺觀訓託評診詐該詢誇誌誠誘誼請諮謀謊譽負貼貿賬賓趕踐軟較輛農辦迴連週遊郵鄭醫採釐鈴銀錶鑰閃閘"
    "隊雇電頒頻顆額飯飲館騙騷驅髮鬥麗麥麼黃歐殼毀澀濃瀏營牆犧獎瑪瘋盜眾矯礎禦稅穀窮竊籤籲糧繫繳罰羅聖聰膚臟薦藝藥蘇"
)
_SIMPLIFIED: Final = (
    "个们来东时书会学为这对说开关门问间见贝车马长风飞鱼鸟龙龟电号帐账户删资讯据请贵权从将与应该让给结经络线纸级约"
    "继续终总编织网销售卖买质费货贷贸财责贪贫购赖赠赞赏赔贱赋输转轻载辑记计订讣访设许诉词试询详语认误谁课调谈论"
    "诺谢证识译议护读变还进运过达违远适选递邮邻释录键错钱钟镜锁闭阅闻关阳阴陈际陆险随隐难离双杂虽云灵静响页项顺须"
    "预领头题愿类顾显验惊体点党齐齿点数据库构业机样档检标权欢岁历残杀气决没况净准温灭汉泽济灾无烦热争尔状独获现环"
    "产画异当发监盘睁了确码禁礼种称稳竞笔节范简签纠纪级纯纳纷组细绝统丝绑维紧绪缘县缩绩联声职听肃脑临旧兴举艰处虚"
    "补装制复见规视亲觉观训托评诊诈该询夸志诚诱谊请咨谋谎誉负贴贸账宾赶践软较辆农办回连周游邮郑医采厘铃银表钥闪闸"
    "队雇电颁频颗额饭饮馆骗骚驱发斗丽麦么黄欧壳毁涩浓浏营墙牺奖玛疯盗众矫础御税谷穷窃签吁粮系缴罚罗圣聪肤脏荐艺药苏"
)


def _folding() -> dict[int, str]:
    """Letters as they are compared: Latin ones without their marks, Chinese ones in one script."""
    table = {ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        bare = "".join(each for each in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(each))
        table[code] = {"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe"}.get(bare, bare)
    table[ord("’")] = "'"
    return table


_FOLDED: Final = _folding()


@lru_cache(maxsize=KNOWN)
def folded(word: str) -> str:
    """A word as it is compared: without accents, in one Chinese script, with 0 for any number, and not too long.

    Args:
        word: in lower case.
    """
    bare = word if word.isascii() else unicodedata.normalize("NFC", word).translate(_FOLDED)
    return _DIGITS.sub("0", bare[:LONGEST_WORD])


class Word(NamedTuple):
    """A word of a text, folded, and where it begins there."""

    start: int
    text: str


def words(low: str, most: int) -> list[Word]:
    """The words of a text, at most so many; where a script writes no blanks, its characters.

    Args:
        low: in lower case.
        most: how many.
    """
    return [Word(each.start(), folded(each[0][: 4 * LONGEST_WORD])) for each in islice(_WORD.finditer(low), most)]


def pairs(text: Sequence[str]) -> Iterator[str]:
    """Two words in a row, each as often as they stand there.

    Args:
        text: its words.
    """
    return (f"{first} {second}" for first, second in pairwise(text))


@lru_cache(maxsize=KNOWN)
def pieces(word: str) -> tuple[str, ...]:
    """A word and its pieces, each once, in a fixed order."""
    framed = f"<{word}>"
    sizes = SYLLABLES if word[0] >= _KOREAN else PIECES
    inside = word if word[0] >= _KOREAN else framed
    held = {inside[at : at + size] for size in sizes for at in range(len(inside) - size + 1)}
    return tuple(sorted({framed, *held}))
