"""Words by which people call slides, in the languages that old decks here are mostly in."""

from __future__ import annotations

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


OBJECTIVES = _any(
    "(?:learning |training |course |session |workshop )?objectives?",
    "learning (?:goals?|outcomes?)",
    "(?:lern|trainings)?ziele?",
    "objectifs?(?: d.apprentissage| pédagogiques?)?",
    "objetivos?(?: de aprendizaje)?",
    "obiettivi",
    "leerdoelen",
    "objetivos de aprendizagem",
    "(?:ال)?[أا]هداف(?: \\w+)?",
    "מטרות(?: \\w+)?",
    "هدف.?ها(?:ی \\w+)?",
    "مقاصد",
)
AGENDA = _any(
    "agenda", "outline", "overview of the day", "programme?", "schedule", "table of contents", "contents",
    "ablauf", "tagesordnung", "inhalt(?:sverzeichnis)?", "übersicht", "ordre du jour", "sommaire", "plan", "índice",
    "orden del día", "temario", "indice", "inhoud", "sumário", "جدول ال[أا]عمال", "(?:ال)?محتويات", "(?:ال)?برنامج", "סדר ה?יום",
    "תוכן(?: ה?עניינים)?", "دستور جلسه", "فهرست(?: مطالب)?", "برنامه", "ایجنڈا",
)  # fmt: skip
SECTION = _any(
    "section",
    "divider",
    "chapter",
    "abschnitt\\w*",
    "kapitel\\w*",
    "sección",
    "intertitre",
    "sezione",
    "sectie",
    "seção",
)
COVER = _any(
    "title slide", "cover", "titelfolie", "titel", "diapositive de titre", "portada", "title", "capa", "front page"
)
DEFINITION = _any(
    "defin\\w+", "what (?:is|are|does)", "was (?:ist|sind|heißt|bedeutet)", "qu.est-ce qu\\w*", "qué (?:es|son)", "meaning",
    "cos.è", "wat is", "o que é",
)  # fmt: skip
DISCUSSION = _any(
    "discuss(?:ion)?(?: questions?)?", "questions? (?:for|to) (?:discuss\\w*|the group|reflect\\w*)", "let.s talk", "reflect(?:ion)?",
    "think[ -]pair[ -]share", "diskussion", "gespräch", "à discuter", "discutez", "discusión", "debate", "conversación",
    "discussione", "bespreek", "what do you think", "(?:لل|ال)?(?:م?ناقش\\w*|نقاش)", "ל?דיון", "שיחה", "گفتگو", "گفت.?وگو",
)  # fmt: skip
ACTIVITY = _any(
    "(?:group |class |practice |small[ -]group )?(?:activity|exercise|breakout|role[ -]?play)s?", "icebreaker", "case study",
    "your turn", "practice", "group work", "(?:gruppen|partner)?(?:übung|arbeit)en?", "rollenspiel", "fallbeispiel", "exercice",
    "activité", "jeu de rôle", "travail en groupe", "ejercicio", "actividad", "juego de roles", "esercizio", "oefening",
    "(?:ال)?(?:نشاط|تمرين)", "תרגיל", "פעילות", "تمرین", "کار گروهی",
)  # fmt: skip
CLOSING = _any(
    "thank(?:s| you)", "questions\\s*\\??", "q ?& ?a", "the end", "contact(?: us| me| information)?", "(?:vielen )?dank\\w*", "fragen\\s*\\??",
    "kontakt", "merci", "des questions\\s*\\??", "gracias", "preguntas\\s*\\??", "grazie", "bedankt", "dank u", "obrigad[oa]",
    "شكر(?:ا|ًا|اً)(?: (?:لكم|جزيلا\\S?))?", "[أا]سئلة\\s*؟?", "תודה(?: רבה)?", "שאלות\\s*\\??", "(?:با )?(?:سپاس|تشکر)", "سپاسگزاریم",
    "پرسش.?ها\\s*؟?", "شکریہ",
)  # fmt: skip
REFERENCES = _any(
    "references?", "bibliograph\\w+", "works cited", "literature(?: cited)?", "sources", "citations?", "further reading", "literatur\\w*",
    "quellen\\w*", "références", "sources et références", "bibliografía", "referencias", "fuentes", "bibliografia", "riferimenti",
    "bronnen", "referências", "(?:ال)?(?:مراجع|مصادر)", "מקורות", "ביבליוגרפיה", "منابع", "حوالہ جات",
)  # fmt: skip
RESOURCE = _any(
    "(?:[\\w-]+ )*resources?", "learn more", "where to (?:find|get|go)\\b.*", "find out more", "help(?:line)?s?", "further help",
    "anlaufstellen?", "hilfe", "materialien", "ressources?", "recursos?", "risorse", "hulp",
)  # fmt: skip
STEPS = _any(
    "steps?", "how to", "process", "procedure", "instructions", "schritte?", "so geht.s", "vorgehen", "anleitung", "étapes?", "comment",
    "pasos?", "cómo", "passaggi", "stappen", "passos",
)  # fmt: skip
TIMELINE = _any(
    "time ?line",
    "history",
    "milestones?",
    "chronolog\\w+",
    "zeitleiste",
    "geschichte",
    "meilensteine?",
    "histoire",
    "historia",
    "storia",
)
BREAK = _any(
    "(?:coffee |tea |lunch |short )?break",
    "lunch",
    "(?:kaffee|mittags)?pause",
    "déjeuner",
    "descanso",
    "almuerzo",
    "pausa",
    "pauze",
    "استراحة",
    "הפסקה",
    "استراحت",
    "وقفہ",
)
COMPARE = _any("vs\\.?", "versus", "compar\\w+", "pros (?:and|&) cons", "before (?:and|&) after", "do.?s (?:and|&) don.?ts", "vergleich\\w*", "myths? (?:and|&|vs\\.?) facts?")  # fmt: skip

PAIRS = _any(
    "in pairs",
    "with (?:a|your) (?:partner|neighbou?r)",
    "turn to your neighbou?r",
    "zu zweit",
    "en binômes?",
    "à deux",
    "en parejas",
    "in coppie",
)
GROUPS = _any(
    "(?:in )?(?:small )?groups(?: of \\d+)?",
    "breakout rooms?",
    "(?:in )?(?:klein)?gruppen",
    "en (?:petits )?groupes",
    "en grupos(?: pequeños)?",
    "in gruppi",
)
ALONE = _any("on your own", "individually", "by yourself", "allein", "individuellement", "individualmente")
MINUTES = re.compile(r"(?<![\d.,:])(\d{1,3})\s*(?:min(?:ute)?n?s?\b|minutos?\b|minuti\b|')", re.IGNORECASE)

COPYRIGHT = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|\bcopyright\b|\ball rights reserved\b|\balle rechte vorbehalten\b|\btous droits réservés\b",
    re.IGNORECASE,
)
LICENCE = re.compile(r"\bCC[ -](?:BY|0)\b|creative commons|\blicen[sc]ed under\b", re.IGNORECASE)
CREDIT = re.compile(
    r"^\W*(?:(?:photo|image|picture|illustration|graphic|foto|bild|crédit photo|imagen)s?\s*(?:credits?|courtesy|by|from|von|de|above|left|right|below)?\s*(?:of)?\s*[:©/]?"
    r"|(?:bildnachweis|credits?|courtesy of)\s*:?|©)\s*\w",
    re.IGNORECASE,
)
ABOUT_PHOTO = re.compile(
    r"^\W*(?:photo|image|picture|illustration|foto|bild|crédit|imagen|courtesy|credit|bildnachweis)|©|photo by",
    re.IGNORECASE,
)
SOURCE = re.compile(r"^\W*(?:source|adapted|quelle|fuente|fonte|bron|from:|aus:)", re.IGNORECASE)
DASH = re.compile(r"^\s*(?:[-–—―~]{1,2})\s*")
BY = re.compile(
    r"^(?:(?:presented |prepared |created |written )?by|presenters?|trainers?|facilitators?|authors?|von|par|por|di|door)\s*:?\s+",
    re.IGNORECASE,
)
BODY_OF = re.compile(
    r"\b(?:administration|association|organi[sz]ation|institut\w*|agency|ministry|university|department|council|commission|coalition"
    r"|federation|foundation|cent(?:er|re)s?|society|academy|bureau|office|network|committee|nations|union|verband|ministerium|behörde|amt)\b"
    r"|^[A-Z][A-Z&.]{2,9}$"
)
ASKING = "?？؟՞፧"
"""Signs that end a question."""
OPENING = "“\"„«»‚‘'「『"
CLOSING_MARKS = "”\"“»«’‘'」』"
DATE = re.compile(
    r"^\W*(?:(?:in |from |by |early |late |mid-?|since |around |c\.\s?|ca\.\s?)*(?:1[5-9]|20)\d\d(?:s\b)?(?:\s*[-–—/]\s*(?:(?:1[5-9]|20)?\d\d|today|present|now|heute))?"
    r"|(?:\d{1,2}\.?\s+)?(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?\s+(?:\d{1,2},?\s+)?(?:1[5-9]|20)\d\d"
    r"|\d{1,2}(?::|\.)\d\d\s*(?:[ap]\.?m\.?|uhr|h)?(?:\s*[-–—]\s*\d{1,2}(?::|\.)\d\d\s*(?:[ap]\.?m\.?|uhr|h)?)?"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(?:week|day|month|year|woche|tag|monat|jahr)\s+\d{1,2})",
    re.IGNORECASE,
)
CONTINUED = re.compile(
    r"\s*[-–—:]?\s*[\(\[]?\s*(?:cont(?:inued|'?d|\.)?\.?|fortsetzung|forts\.|suite|continuación|cont\.)\s*(\d*)\s*[\)\]]?\s*$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s*[-–—:·]?\s*(?:[\(\[]\s*(?:part |teil )?\d{1,3}\s*(?:(?:of|von|de|sur|di|van|/)\s*\d{1,3})?\s*[\)\]]|(?<=\s)\d{1,3}\s*(?:/|of|von)\s*\d{1,3})\s*$",
    re.IGNORECASE,
)
