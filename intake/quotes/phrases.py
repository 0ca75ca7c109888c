"""The words by which mail programs and people announce quotes, forwards and signatures, by language."""

# ruff: noqa: RUF001 - letters, dashes and colons of other scripts are the very matter here

from __future__ import annotations

from typing import Final

# The verb of "On DATE, NAME wrote:"; compared in lower case at the end of a line, before the colon.
WROTE: Final = (
    "wrote", "writes", "sent", "said", "has written", "replied",  # English
    "escribió", "escribio", "ha escrito",  # Spanish
    "schrieb", "schrieben", "hat geschrieben", "schreibt", "geschrieben",  # German
    "a écrit", "a ecrit", "écrit",  # French
    "escreveu", "escreveram",  # Portuguese
    "ha scritto", "scritto", "scrisse",  # Italian
    "schreef", "het volgende geschreven", "heeft geschreven",  # Dutch
    "skrev", "skrev følgende", "skrev följande", "skrev detta",  # Danish, Norwegian, Swedish
    "kirjoitti",  # Finnish
    "napisał", "napisała", "napisał(a)", "napisał/a", "napisali", "pisze", "napisana przez",  # Polish
    "napsal", "napsal(a)", "napsala", "napísal", "napísal(a)",  # Czech, Slovak
    "написал", "написала", "написал(а)", "пишет", "писал", "писал(а)", "писала", "сообщил", "пише",  # Russian
    "написав", "написала", "написав(ла)", "писав", "пишуть",  # Ukrainian
    "yazdı", "yazmış", "şunları yazdı", "şunu yazdı",  # Turkish
    "đã viết", "đã gửi", "viết",  # Vietnamese
    "写道", "寫道", "编写", "來信", "来信", "写到", "撰寫", "写",  # Chinese
    "書きました", "のメール", "のメッセージ", "さんは書きました", "wrote",  # Japanese
    "작성", "님이 작성", "님의 말", "님이 작성한 내용", "썼습니다", "님이 쓴 글", "쓴 글",  # Korean
    "írta", "a scris", "napisao", "napisala", "je napisao/la", "έγραψε", "rakstīja", "rašė",  # others nearby
)  # fmt: skip

# With what an attribution line begins, in lower case, with its blank.
OPENERS: Final = (
    "wiadomość napisana", "ma ", "ti ", "ke ", "to ", "pe ", "la ", "su ",
    "on ", "am ", "le ", "el ", "em ", "il ", "op ", "den ", "på ", "w dniu ", "dnia ", "dne ", "vào ", "vao ",
    "on: ", "a ", "no dia ", "il giorno ", "in data ", "at ", "um ", "kl ", "пн", "вт", "ср", "чт", "пт", "сб",
    "вс", "нд", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun",
    "mar", "mer", "mié", "jue", "jeu", "ven", "vie", "sáb", "sam", "dim", "dom", "gio", "seg", "ter", "qua", "qui",
    "sex", "tor", "ons", "fre", "lör", "lør", "søn", "sön", "tir", "man", "mån", "maa", "din", "woe", "don", "vri",
    "zat", "zon", "pon", "wt", "śr", "czw", "pią", "sob", "niedz", "pt", "pzt", "sal", "çar", "per", "cum", "paz",
    "понед", "вторн", "сред", "четв", "пятн", "субб", "воскр", "неділ", "серед", "п'ят", "в ", "у ", "от ", "t2",
    "t3", "t4", "t5", "t6", "t7", "cn", "thứ", "ngày", "在", "于", "於", "sent from", "quoting", "citando", "2026",
    "20",
)  # fmt: skip

# Dashed lines over a quoted mail: "-----Original Message-----".
ORIGINAL: Final = (
    "original message", "reply message", "original mail", "original email", "message original",
    "message d'origine", "message d’origine", "mensaje original", "correo original", "ursprüngliche nachricht",
    "ursprungliche nachricht", "originalnachricht", "antwort nachricht", "original-nachricht",
    "weitergeleitete antwort", "mensagem original", "messaggio originale", "oorspronkelijk bericht",
    "oorspronkelijke bericht", "originele bericht", "oprindelig meddelelse", "oprindelig besked",
    "opprinnelig melding", "originalmeddelande", "ursprungligt meddelande", "ursprungligt mail",
    "alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomosc oryginalna",
    "původní zpráva", "pôvodná správa", "исходное сообщение", "оригинальное сообщение", "исходное письмо",
    "вихідне повідомлення", "оригінальне повідомлення", "початкове повідомлення", "orijinal mesaj", "özgün ileti",
    "asıl mesaj", "原始邮件", "原始郵件", "原邮件", "原始訊息", "回复的原邮件", "元のメッセージ", "元のメール",
    "원본 메시지", "원본 메일", "원본메일", "thư gốc", "tin nhắn gốc", "thư ban đầu", "eredeti üzenet",
    "mesaj original", "izvorna poruka", "αρχικό μήνυμα",
)  # fmt: skip

FORWARDED: Final = (
    "forwarded message", "begin forwarded message", "forwarded mail", "forwarded email", "forwarded by",
    "mensaje reenviado", "inicio del mensaje reenviado", "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht", "beginn der weitergeleiteten nachricht", "message transféré",
    "message transmis", "message réexpédié", "début du message réexpédié", "début du message transféré",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem reencaminhada",
    "início da mensagem encaminhada", "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "videresendt besked", "start på videresendt besked", "videresendt meddelelse",
    "videresendt melding", "vidarebefordrat meddelande", "vidarebefordrat brev", "välitetty viesti",
    "edelleenlähetetty viesti", "treść przekazanej wiadomości", "przekazana wiadomość", "wiadomość przekazana",
    "przeposlaná zpráva", "přeposlaná zpráva", "пересылаемое сообщение", "пересланное сообщение",
    "перенаправленное сообщение", "начало переадресованного сообщения", "переслане повідомлення",
    "пересилане повідомлення", "iletilen mesaj", "yönlendirilmiş ileti", "yönlendirilen mesaj", "转发邮件",
    "轉寄郵件", "转发的邮件", "已转发邮件", "轉寄的郵件", "転送されたメッセージ", "転送メッセージ", "転送メール",
    "전달된 메시지", "전달된 메일", "전달 메시지", "thư được chuyển tiếp", "tin nhắn được chuyển tiếp",
    "chuyển tiếp thư", "bắt đầu tin nhắn được chuyển tiếp", "thư chuyển tiếp", "tin nhắn đã chuyển tiếp",
    "początek przekazywanej wiadomości", "початок листа, що пересилається", "початок переадресованого",
    "перенаправлене повідомлення", "iletilmiş mesajın başlangıcı", "yönlendirilmiş mesaj", "开始转发的邮件",
    "转发的消息", "转发的信息", "開始轉寄郵件", "轉寄訊息", "轉寄的訊息", "已轉寄的郵件", "転送されるメッセージ",
    "transfert de message", "message réacheminé", "begynnelse på videresendt", "början på vidarebefordrat",
    "vidarebefordrat mail", "välitetty sähköposti", "továbbított üzenet", "mesaj redirecționat",
)  # fmt: skip

FROM: Final = (
    "from", "de", "von", "da", "van", "fra", "från", "lähettäjä", "od", "от", "від", "від кого", "от кого",
    "gönderen", "kimden", "发件人", "發件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람", "보낸사람",
    "발신", "từ", "người gửi", "feladó", "expéditeur", "absender", "remitente", "remetente", "mittente",
    "afzender", "отправитель", "відправник", "de la", "από",
)  # fmt: skip
DATE: Final = (
    "sent", "date", "enviado", "fecha", "enviado el", "gesendet", "datum", "envoyé", "envoyé le", "data",
    "enviada em", "enviado em", "enviada", "inviato", "verzonden", "sendt", "dato", "skickat", "lähetetty",
    "päivämäärä", "wysłano", "wyslano", "data wysłania", "odesláno", "odoslané", "дата", "отправлено", "надіслано",
    "відправлено", "gönderilme tarihi", "gönderildi", "tarih", "发送时间", "發送時間", "寄件日期", "日期", "时间",
    "寄送日期", "送信日時", "日時", "日付", "보낸 날짜", "보낸시간", "날짜", "일시", "đã gửi", "ngày", "ngày gửi",
    "elküldve", "dátum", "trimis", "poslano", "ημερομηνία", "sent at", "date sent",
)  # fmt: skip
TO: Final = (
    "to", "para", "an", "à", "a", "aan", "til", "till", "vastaanottaja", "do", "komu", "кому", "до", "kime",
    "alıcı", "收件人", "收件者", "宛先", "받는 사람", "받는사람", "수신", "đến", "tới", "người nhận", "címzett",
    "destinataire", "empfänger", "destinatario", "destinatário", "către", "za", "προς",
)  # fmt: skip
SUBJECT: Final = (
    "subject", "asunto", "betreff", "objet", "assunto", "oggetto", "onderwerp", "emne", "ämne", "aihe", "temat",
    "předmět", "predmet", "тема", "konu", "主题", "主題", "主旨", "标题", "件名", "제목", "chủ đề", "tiêu đề",
    "tárgy", "subiect", "θέμα",
)  # fmt: skip
COPY: Final = (
    "cc", "bcc", "copia", "kopie", "copie", "cópia", "kopi", "kopia", "dw", "копия", "копія", "bilgi", "抄送", "副本",
    "참조", "đồng kính gửi", "reply-to", "importance", "attachments", "priorität", "wichtigkeit", "anlagen",
    "priority",
)  # fmt: skip

SENT_FROM: Final = (
    "sent from my ", "sent from mail for ", "sent from outlook", "sent from yahoo", "sent from proton",
    "sent from samsung", "sent from gmail", "sent from a ", "sent with ", "sent via ", "sent using ",
    "sent on the go", "sent by ", "get outlook for ", "get bluemail for ", "enviado desde mi ",
    "enviado desde el ", "enviado desde outlook", "enviado desde yahoo", "enviado desde correo", "enviado con ",
    "obtener outlook para", "obtén outlook para", "von meinem ", "gesendet von ", "gesendet mit ",
    "diese nachricht wurde von mein", "envoyé de mon ", "envoyé depuis ", "envoyé à partir de ",
    "provenance : courrier", "télécharger outlook", "obtenez outlook", "enviado do meu ", "enviado a partir d",
    "obter outlook para", "obter o outlook", "inviato da ", "inviato dal ", "ottieni outlook", "scarica outlook",
    "verzonden vanaf ", "verstuurd vanaf ", "verzonden met", "verzonden vanuit ", "download outlook", "sendt fra ",
    "hent outlook", "skickat från ", "hämta outlook", "lähetetty ", "wysłane z ", "wysłano z ", "pobierz outlook",
    "odesláno z ", "отправлено из ", "отправлено с ", "отправлено от ", "надіслано з ", "відправлено з ",
    "iphone'umdan gönderildi", "iphone'dan gönderildi", "発信元", "iphoneから送信", "iphone から送信",
    "从我的 iphone 发送", "发自我的", "从我的", "傳送自", "從我的 iphone 傳送", "内のiphone",
    "나의 iphone에서 보냄", "내 iphone에서 보냄", "나의 ", "được gửi từ", "gửi từ iphone", "đã gửi từ",
    "trimis de pe", "poslano s ",
)  # fmt: skip
DEVICES: Final = (
    "iphone", "ipad", "blackberry", "android", "samsung", "galaxy", "phone", "mobile", "mobil", "móvil", "movil",
    "celular", "tablet", "outlook", "yahoo", "gmail", "proton", "windows", "huawei", "xiaomi", "nokia", "pixel",
    "htc", "lg ", "телефон", "смартфон", "device", "handy", "smartphone", "portable", "cellulare", "telefon",
    "mail for", "mail.ru", "яндекс", "аймобайл", "ios", "mac", "sparrow", "bluemail", "spark", "thunderbird",
    "airmail", "verizon", "at&t", "t-mobile", "aol", "手机", "手機", "휴대", "mail app", "приложения", "почты",
    "mail",
)  # fmt: skip

# Closing words; compared in lower case with the whole line, less punctuation.
CLOSINGS: Final = frozenset({
    "regards", "best regards", "kind regards", "warm regards", "warmest regards", "best wishes", "all the best",
    "best", "sincerely", "yours sincerely", "sincerely yours", "yours faithfully", "yours truly", "respectfully",
    "respectfully yours", "cheers", "thanks", "thank you", "many thanks", "thanks again", "thanks and regards",
    "thanks & regards", "thank you and best regards", "with kind regards", "with best regards", "with regards",
    "rgds", "br", "kr", "cordially", "very truly yours", "thanks in advance", "thank you in advance",
    "kindest regards", "saludos", "un saludo", "saludos cordiales", "un cordial saludo", "cordialmente",
    "atentamente", "atte", "reciba un cordial saludo", "muchas gracias", "gracias", "gracias de antemano",
    "le saluda atentamente", "sin otro particular", "respetuosamente", "mit freundlichen grüßen",
    "mit freundlichen grüssen", "freundliche grüße", "viele grüße", "beste grüße", "liebe grüße", "mfg", "lg",
    "vg", "gruß", "grüße", "herzliche grüße", "hochachtungsvoll", "schöne grüße", "mit besten grüßen",
    "mit freundlichem gruß", "cordialement", "bien cordialement", "bien à vous", "salutations",
    "salutations distinguées", "meilleures salutations", "sincères salutations", "amicalement", "merci",
    "merci d'avance", "respectueusement", "atenciosamente", "att", "cumprimentos", "com os melhores cumprimentos",
    "melhores cumprimentos", "obrigado", "obrigada", "abraços", "cordiais cumprimentos", "cordiali saluti",
    "distinti saluti", "saluti", "un saluto", "grazie", "in fede", "cordialità", "met vriendelijke groet",
    "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "groeten", "groet", "mvg",
    "met hartelijke groet", "hoogachtend", "bedankt", "med venlig hilsen", "venlig hilsen", "hilsen", "mvh",
    "med vänlig hälsning", "med vänliga hälsningar", "vänliga hälsningar", "vänlig hälsning", "hälsningar",
    "hälsning", "med vennlig hilsen", "vennlig hilsen", "hilsner", "kh", "vh", "dbh", "de bedste hilsner",
    "bedste hilsner", "tack", "tak", "ystävällisin terveisin", "terveisin", "pozdrawiam", "z poważaniem",
    "z powazaniem", "z wyrazami szacunku", "pozdrawiam serdecznie", "serdecznie pozdrawiam", "dziękuję",
    "s pozdravem", "s přátelským pozdravem", "s úctou", "děkuji", "с уважением", "с наилучшими пожеланиями",
    "всего доброго", "спасибо", "з повагою", "дякую", "saygılarımla", "saygılar", "iyi çalışmalar", "teşekkürler",
    "sevgiler", "此致", "敬礼", "敬禮", "顺祝商祺", "謝謝", "谢谢", "此致敬礼", "よろしくお願いいたします",
    "以上、よろしくお願いいたします", "よろしくお願いします", "敬具", "감사합니다", "고맙습니다", "드림",
    "trân trọng", "thân mến", "xin cảm ơn", "cảm ơn", "salamat", "maraming salamat", "lubos na gumagalang",
    "srdačan pozdrav", "lijep pozdrav", "s poštovanjem", "cu stimă", "με εκτίμηση", "üdvözlettel",
})  # fmt: skip

DISCLAIMERS: Final = (
    "this e-mail and any", "this email and any", "this message and any", "this e-mail is confidential",
    "this email is confidential", "this message is confidential", "confidentiality notice",
    "the information contained in this", "the information in this e", "this e-mail message",
    "this communication is", "this email message", "if you are not the intended recipient",
    "if you have received this", "disclaimer", "legal notice", "please consider the environment",
    "think before you print", "this email was sent to", "this email has been scanned", "this transmission",
    "este mensaje y", "este correo electrónico", "la información contenida en", "aviso legal",
    "aviso de confidencialidad", "diese e-mail enthält", "diese nachricht enthält", "diese e-mail ist vertraulich",
    "ce message et", "ce courriel", "esta mensagem", "este e-mail", "questo messaggio", "questa email",
    "dit bericht", "deze e-mail", "denna e-post", "to unsubscribe", "unsubscribe from",
    "you received this message because you are subscribed",
)  # fmt: skip
