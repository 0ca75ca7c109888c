"""What mail programs write above a quote or a forwarded mail, language by language, about one letter of ours."""

# ruff: noqa: RUF001 - letters and colons of other scripts are the very matter here

from __future__ import annotations

WHO = "Harbour Privacy <privacy@harbour.example>"

# Gmail, Apple Mail, Thunderbird: one line above a marked quote.
LINES = {
    "en": (
        f"On Mon, Nov 2, 2026 at 9:14 AM {WHO} wrote:",
        f"On Nov 2, 2026, at 9:14 AM, {WHO} wrote:",
        "On 11/2/26 09:14, Harbour Privacy wrote:",
    ),
    "es": (
        "El lun, 2 nov 2026 a las 9:14, Harbour Privacy (<privacy@harbour.example>) escribió:",
        f"El 2 nov 2026, a las 9:14, {WHO} escribió:",
        "El 2/11/26 a las 9:14, Harbour Privacy escribió:",
    ),
    "de": (
        f"Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb {WHO}:",
        f"Am 02.11.2026 um 09:14 schrieb {WHO}:",
        "Am 02.11.26 um 09:14 schrieb Harbour Privacy:",
    ),
    "fr": (
        f"Le lun. 2 nov. 2026 à 09:14, {WHO} a écrit :",
        f"Le 2 nov. 2026 à 09:14, {WHO} a écrit :",
        "Le 02/11/2026 à 09:14, Harbour Privacy a écrit\xa0:",
    ),
    "pt": (
        f"Em seg., 2 de nov. de 2026 às 09:14, {WHO} escreveu:",
        f"No dia 02/11/2026, às 09:14, {WHO} escreveu:",
        "Em 02/11/2026 09:14, Harbour Privacy escreveu:",
    ),
    "it": (
        f"Il giorno lun 2 nov 2026 alle ore 09:14 {WHO} ha scritto:",
        f"Il giorno 2 nov 2026, alle ore 09:14, {WHO} ha scritto:",
        "Il 02/11/2026 09:14, Harbour Privacy ha scritto:",
    ),
    "nl": (
        f"Op ma 2 nov 2026 om 09:14 schreef {WHO}:",
        f"Op 2 nov. 2026, om 09:14 heeft {WHO} het volgende geschreven:",
        "Op 02-11-2026 om 09:14 schreef Harbour Privacy:",
    ),
    "sv": (
        f"Den mån 2 nov. 2026 kl 09:14 skrev {WHO}:",
        f"2 nov. 2026 kl. 09:14 skrev {WHO}:",
        "Den 2026-11-02 kl. 09:14, skrev Harbour Privacy:",
    ),
    "da": (
        f"Den man. 2. nov. 2026 kl. 09.14 skrev {WHO}:",
        f"Den 2. nov. 2026 kl. 09.14 skrev {WHO}:",
        "Den 02-11-2026 kl. 09:14 skrev Harbour Privacy:",
    ),
    "no": (
        f"man. 2. nov. 2026 kl. 09:14 skrev {WHO}:",
        f"2. nov. 2026 kl. 09:14 skrev {WHO}:",
        "Den 02.11.2026 09:14, skrev Harbour Privacy:",
    ),
    "fi": (
        f"ma 2. marrask. 2026 klo 9.14 {WHO} kirjoitti:",
        f"{WHO} kirjoitti 2.11.2026 kello 9.14:",
        "Harbour Privacy kirjoitti 2.11.2026 klo 9.14:",
    ),
    "pl": (
        f"pon., 2 lis 2026 o 09:14 {WHO} napisał(a):",
        f"Wiadomość napisana przez {WHO} w dniu 02.11.2026, o godz. 09:14:",
        "W dniu 02.11.2026 o 09:14, Harbour Privacy pisze:",
    ),
    "ru": (
        f"пн, 2 нояб. 2026 г. в 09:14, {WHO}:",
        f"2 нояб. 2026 г., в 09:14, {WHO} написал(а):",
        "02.11.2026 09:14, Harbour Privacy пишет:",
    ),
    "uk": (
        f"пн, 2 лист. 2026 р. о 09:14 {WHO} пише:",
        f"2 лист. 2026 р. о 09:14 {WHO} написав(-ла):",
        "02.11.26 09:14, Harbour Privacy пише:",
    ),
    "tr": (
        f"{WHO}, 2 Kas 2026 Pzt, 09:14 tarihinde şunu yazdı:",
        f"{WHO} şunları yazdı (2 Kas 2026 09:14):",
        "2.11.2026 09:14 tarihinde Harbour Privacy yazdı:",
    ),
    "zh": (
        f"{WHO} 于2026年11月2日周一 09:14写道：",
        f"在 2026年11月2日，09:14，{WHO} 写道：",
        "在 2026/11/2 9:14, Harbour Privacy 写道:",
    ),
    "zh-tw": (
        f"{WHO} 於 2026年11月2日 週一 上午9:14寫道：",
        f"{WHO} 於 2026年11月2日 上午9:14 寫道：",
        "於 2026/11/2 上午 09:14, Harbour Privacy 寫道:",
    ),
    "ja": (
        f"2026年11月2日(月) 9:14 {WHO}:",
        f"2026/11/02 9:14、{WHO}のメール:",
        "On 2026/11/02 9:14, Harbour Privacy wrote:",
    ),
    "ko": (
        f"2026년 11월 2일 (월) 오전 9:14, {WHO}님이 작성:",
        f"2026. 11. 2. 오전 9:14, {WHO} 작성:",
        "2026-11-02 오전 9:14에 Harbour Privacy 이(가) 쓴 글:",
    ),
    "vi": (
        f"Vào Th 2, 2 thg 11, 2026 vào lúc 09:14 {WHO} đã viết:",
        f"Vào 2 thg 11, 2026, lúc 09:14, {WHO} đã viết:",
        "Vào 02/11/2026 09:14, Harbour Privacy đã viết:",
    ),
}

# Outlook: labels of sender, date, recipient and subject, over the whole mail.
LABELS = {
    "en": ("From:", "Sent:", "To:", "Subject:"),
    "es": ("De:", "Enviado el:", "Para:", "Asunto:"),
    "de": ("Von:", "Gesendet:", "An:", "Betreff:"),
    "fr": ("De :", "Envoyé :", "À :", "Objet :"),
    "pt": ("De:", "Enviada em:", "Para:", "Assunto:"),
    "it": ("Da:", "Inviato:", "A:", "Oggetto:"),
    "nl": ("Van:", "Verzonden:", "Aan:", "Onderwerp:"),
    "sv": ("Från:", "Skickat:", "Till:", "Ämne:"),
    "da": ("Fra:", "Sendt:", "Til:", "Emne:"),
    "no": ("Fra:", "Sendt:", "Til:", "Emne:"),
    "fi": ("Lähettäjä:", "Lähetetty:", "Vastaanottaja:", "Aihe:"),
    "pl": ("Od:", "Wysłano:", "Do:", "Temat:"),
    "ru": ("От:", "Отправлено:", "Кому:", "Тема:"),
    "uk": ("Від:", "Надіслано:", "Кому:", "Тема:"),
    "tr": ("Kimden:", "Gönderildi:", "Kime:", "Konu:"),
    "zh": ("发件人:", "发送时间:", "收件人:", "主题:"),
    "zh-tw": ("寄件者：", "寄件日期：", "收件者：", "主旨："),
    "ja": ("差出人:", "送信日時:", "宛先:", "件名:"),
    "ko": ("보낸 사람:", "보낸 날짜:", "받는 사람:", "제목:"),
    "vi": ("Từ:", "Đã gửi:", "Đến:", "Chủ đề:"),
}

# Gmail's, Apple Mail's and Thunderbird's line over a forwarded mail.
FORWARDS = {
    "en": ("---------- Forwarded message ---------", "Begin forwarded message:", "-------- Forwarded Message --------"),
    "es": (
        "---------- Forwarded message ---------",
        "Inicio del mensaje reenviado:",
        "-------- Mensaje reenviado --------",
    ),
    "de": (
        "---------- Forwarded message ---------",
        "Anfang der weitergeleiteten Nachricht:",
        "-------- Weitergeleitete Nachricht --------",
    ),
    "fr": (
        "---------- Forwarded message ---------",
        "Début du message réexpédié :",
        "-------- Message transféré --------",
    ),
    "pt": (
        "---------- Forwarded message ---------",
        "Início da mensagem reencaminhada:",
        "-------- Mensagem encaminhada --------",
    ),
    "it": (
        "---------- Forwarded message ---------",
        "Inizio messaggio inoltrato:",
        "-------- Messaggio Inoltrato --------",
    ),
    "nl": (
        "---------- Forwarded message ---------",
        "Begin doorgestuurd bericht:",
        "-------- Doorgestuurd bericht --------",
    ),
    "sv": (
        "---------- Forwarded message ---------",
        "Vidarebefordrat brev:",
        "-------- Vidarebefordrat meddelande --------",
    ),
    "da": (
        "---------- Forwarded message ---------",
        "Start på videresendt besked:",
        "-------- Videresendt besked --------",
    ),
    "no": ("---------- Forwarded message ---------", "Videresendt melding:", "-------- Videresendt melding --------"),
    "fi": (
        "---------- Forwarded message ---------",
        "Välitetty viesti alkaa:",
        "-------- Edelleenlähetetty viesti --------",
    ),
    "pl": (
        "---------- Forwarded message ---------",
        "Początek przekazywanej wiadomości:",
        "-------- Treść przekazanej wiadomości --------",
    ),
    "ru": (
        "---------- Forwarded message ---------",
        "Начало переадресованного сообщения:",
        "-------- Перенаправленное сообщение --------",
    ),
    "uk": (
        "---------- Forwarded message ---------",
        "Початок листа, що пересилається:",
        "-------- Переслане повідомлення --------",
    ),
    "tr": (
        "---------- Forwarded message ---------",
        "İletilmiş mesajın başlangıcı:",
        "-------- İletilen Mesaj --------",
    ),
    "zh": ("---------- Forwarded message ---------", "开始转发的邮件：", "-------- 转发的消息 --------"),
    "zh-tw": ("---------- Forwarded message ---------", "開始轉寄郵件：", "-------- 轉寄訊息 --------"),
    "ja": (
        "---------- Forwarded message ---------",
        "転送されたメッセージ：",
        "-------- 転送されたメッセージ --------",
    ),
    "ko": ("---------- Forwarded message ---------", "전달된 메시지:", "-------- 전달된 메시지 --------"),
    "vi": (
        "---------- Forwarded message ---------",
        "Bắt đầu tin nhắn được chuyển tiếp:",
        "-------- Thư chuyển tiếp --------",
    ),
}
