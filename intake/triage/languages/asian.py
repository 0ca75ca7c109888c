"""The plainest ways of asking in Chinese, Korean, Vietnamese and Tagalog."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

from typing import Final

from intake.triage.rules import Rule, rule

RULES: Final[tuple[Rule, ...]] = (
    rule(
        "delete",
        0.85,
        "删除|刪除|注销|註銷|清除|移除",
        r"(?:删除|刪除|注销|註銷|清除|移除)[^。！？\n]{0,20}?(?:账户|帳戶|账号|帳號|信息|資料|数据|資訊|个人|個人|一切|所有)|(?:账户|帳戶|账号|帳號|信息|資料|数据"
        r"|資訊)[^。！？\n]{0,12}?(?:删除|刪除|注销|註銷|清除)",
    ),
    rule(
        "know_specific",
        0.85,
        "副本|复印|複印|哪些|查阅|查閱|访问|存取",
        r"(?:提供|索取|获取|取得|发送|寄给|寄給|需要|要求|获得)[^。！？\n]{0,20}?(?:副本|复印件|複本|個人資料|个人信息|个人数据)|(?:持有|收集|掌握|保存|存储"
        r"|儲存)[^。！？\n]{0,12}?(?:哪些|什么|什麼)[^。！？\n]{0,16}?(?:信息|資料|数据|資訊)|(?:查阅|查閱|访问|存取)[^。！？\n]{0,12}?(?:信息"
        r"|資料|数据)",
    ),
    rule(
        "opt_out",
        0.88,
        "出售|贩卖|販賣|分享|共享",
        r"(?:不要|停止|请勿|請勿|禁止|不得|别|不同意|拒绝|拒絕)[^。！？\n]{0,16}?(?:出售|贩卖|販賣|出卖|分享|共享)",
        negatable=False,
    ),
    rule(
        "correct",
        0.85,
        "更正|改正|修正|纠正",
        r"(?:更正|改正|修正|纠正|糾正)[^。！？\n]{0,16}?(?:信息|資料|数据|姓名|名字|地址|生日|电话|電話|错误|錯誤)",
    ),
    rule("delete", 0.85, "삭제|탈퇴|지워", r"(?:정보|데이터|계정|개인정보|기록|회원)[^.!?\n]{0,20}?(?:삭제|탈퇴|지워)"),
    rule(
        "know_specific",
        0.85,
        "사본|열람|어떤 정보",
        r"(?:정보|데이터|자료)[^.!?\n]{0,20}?(?:사본|열람|보내|제공)|어떤 (?:개인 ?)?(?:정보|데이터)",
    ),
    rule(
        "opt_out",
        0.88,
        "판매|공유",
        r"(?:판매|공유|제공)[^.!?\n]{0,8}?(?:하지 ?마|하지 ?말|중단|금지|중지|원하지)|(?:판매|공유)를? ?(?:중단|거부)",
        negatable=False,
    ),
    rule("correct", 0.85, "정정|수정|고쳐", r"(?:정보|이름|주소|생년월일|데이터)[^.!?\n]{0,16}?(?:정정|수정|고쳐)"),
    rule("delete", 0.85, "xóa|xoá", r"(?:xóa|xoá)[^.;!?]{0,40}?(?:dữ liệu|tài khoản|thông tin)"),
    rule(
        "know_specific",
        0.85,
        "bản sao|thông tin nào|dữ liệu nào",
        r"bản sao[^.;!?]{0,40}?(?:dữ liệu|thông tin)|(?:những )?(?:thông tin|dữ liệu)(?: cá nhân)? (?:nào|gì)",
    ),
    rule(
        "opt_out",
        0.88,
        "bán|chia sẻ",
        r"(?:không|đừng|ngừng|dừng|ngưng)[^.;!?]{0,25}?(?:bán|chia sẻ)[^.;!?]{0,30}",
        negatable=False,
    ),
    rule(
        "correct",
        0.85,
        "sửa|chỉnh sửa|đính chính",
        r"(?:sửa|chỉnh sửa|đính chính|cập nhật)[^.;!?]{0,30}?(?:thông tin|tên|địa chỉ|dữ liệu|ngày sinh)",
    ),
    rule(
        "delete",
        0.85,
        "bura|tanggal|alisin|i-delete|idelete",
        r"\b(?:burahin|pakibura|pakiburahin|buburahin|tanggalin|pakitanggal|alisin|pakialis|i-?delete"
        r"|paki-?delete|mabura)\b[^.;!?]{0,50}?\b(?:account|impormasyon|datos|data|aking|ko|records?)\b",
    ),
    rule(
        "know_specific",
        0.85,
        "kopya|impormasyon",
        r"\bkopya ng\b[^.;!?]{0,40}?\b(?:impormasyon|datos|data)\b|\banong? (?:\S{1,15} )?(?:impormasyon"
        r"|datos|data)\b[^.;!?]{0,40}",
    ),
    rule(
        "opt_out",
        0.88,
        "ibenta|ipagbili|ibahagi|pagbebenta|ibinebenta",
        r"\b(?:huwag|wag|itigil|tigilan|ayaw|ayoko)\b[^.;!?]{0,40}?\b(?:ibenta|ipagbili|ibahagi|pagbebenta"
        r"|pagbenta|ibinebenta|ibebenta|i-?share)\b[^.;!?]{0,30}",
        negatable=False,
    ),
    rule(
        "correct",
        0.85,
        "itama|iwasto|pakitama|palitan",
        r"\b(?:itama|iwasto|pakitama|paki-?tama|palitan|ayusin)\b[^.;!?]{0,40}?\b(?:pangalan|impormasyon"
        r"|address|datos|data|kaarawan)\b",
    ),
)
