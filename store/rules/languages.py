"""The languages that mails are written in: which of them the desk understands, and what people call them."""

from __future__ import annotations

WRITTEN = ("en", "es")
"""The languages of our letters; whoever writes in another one is answered in the first."""

READ = frozenset({"en", "es", "zh", "vi", "ko", "tl", "de", "fr", "pt"})
"""In these a request is recognised (ISO 639-1); a mail in any other needs a person who reads it."""

_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hmn": "Hmong",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip

KNOWN = tuple(sorted(_NAMES, key=lambda code: _NAMES[code]))
"""All that have a name here, in the order of their names."""


def name_of(code: str) -> str:
    """A language's English name; the code itself where we know none.

    Args:
        code: ISO 639, in lower case.
    """
    return _NAMES.get(code, code)


def needs_a_reader(code: str) -> bool:
    """Yes or no: nothing in the desk understands that language, so a person must read the mail."""
    return code not in READ


def told(code: str) -> str:
    """A language as a card says it: "Spanish", "Japanese, needs a reader"; empty for English."""
    if code == "en":
        return ""
    return f"{name_of(code)}, needs a reader" if needs_a_reader(code) else name_of(code)
