"""What single lines of a masthead say: dates, languages, distribution, sessions, agenda items, kinds of papers.

English, French and Spanish, as the United Nations print them. Each function gives "" where a line says no such thing.
"""

from __future__ import annotations

import re

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_MONTH = {name.casefold(): n for names in _MONTHS.values() for n, name in enumerate(names.split(), start=1)}
_DATE = re.compile(
    rf"^(\d{{1,2}})(?:er|º)?\s+(?:de\s+)?({'|'.join(_MONTH)})\s+(?:de\s+)?(\d{{4}})\*{{0,3}}$", re.IGNORECASE
)
_LANGUAGES = {
    **dict.fromkeys(("english", "anglais", "inglés"), "en"),
    **dict.fromkeys(("french", "français", "francés"), "fr"),
    **dict.fromkeys(("spanish", "espagnol", "español"), "es"),
    **dict.fromkeys(("russian", "russe", "ruso"), "Russian"),
    **dict.fromkeys(("arabic", "arabe", "árabe"), "Arabic"),
    **dict.fromkeys(("chinese", "chinois", "chino"), "Chinese"),
}
_NAMES = "|".join(_LANGUAGES)
_LANGUAGE = re.compile(
    rf"^(?:Original\s*:\s*)?(?P<names>(?:{_NAMES})(?:\s*(?:/|,|and|et|y)\s*(?:{_NAMES}))*)"
    r"(?:\s+(?:only|seulement|solamente))?$",
    re.IGNORECASE,
)
_DISTRIBUTION = re.compile(r"^Distr(?:\.|ibution)?\s*:?\s*(?P<value>\w+)?$", re.IGNORECASE)
_DISTRIBUTIONS = (
    "general",
    "limited",
    "restricted",
    "générale",
    "limitée",
    "restreinte",
    "limitada",
    "reservada",
    "restringida",
)
_ORDINAL = (
    r"(?:[A-Za-z]+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|\w+th|\w+tieth|1st|2nd|3rd|\d+th)"
)
_SESSION = re.compile(
    rf"^(?:(?:resumed|special|extraordinary)\s+)?{_ORDINAL}(?:\s+(?:\w+\s+)?(?:special|emergency|resumed|extraordinary))?"
    r"\s+(?:session|meeting)\b(?:\s*\(.{1,40}\))?$"
    r"|^[\w-]+(?:ième|ème|e)\s+(?:session|réunion)$|^\d+º\s+período\s+de\s+sesiones$"
    r"|^[\w ]+\s+(?:período de sesiones|reunión)$",
    re.IGNORECASE,
)
_ITS_SESSION = re.compile(r"\bits\s+((?:resumed\s+)?[\w-]+(?:\s+\(?\w+\)?)?\s+session)\b(?=,?\s+held\b)", re.IGNORECASE)
_AGENDA_ITEM = re.compile(
    r"^(?:(?:Provisional\s+)?Agenda\s+items?|Items?|Points?|Temas?)\s+"
    r"(?P<item>\d+(?:\s*\(?[a-z]{1,4}\))*"
    r"(?:(?:\s*,\s*|\s+and\s+|\s+et\s+|\s+y\s+)\d*(?:\s*\(?[a-z]{1,4}\))*)*)"
    r"(?:\s+of\s+the\s+(?:provisional\s+)?agenda|\s+de\s+l['’]ordre\s+du\s+jour(?:\s+provisoire)?"
    r"|\s+del\s+(?:programa|orden\s+del\s+día)(?:\s+provisional)?)?\*{0,3}$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^(?:The\s+)?(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council"
    r"|Economic Commission for \w+|Conference of the (?:Contracting )?Parties|Meeting of the (?:Contracting )?Parties"
    r"|Assembly of (?:the )?Parties|Subsidiary Body|Intergovernmental|Governing (?:Council|Body)"
    r"|Executive (?:Board|Body)"
    r"|Ad[ -]Hoc|Open-ended|Working Group|(?:\w+ ){0,3}Committee|(?:\w+ ){0,3}Commission|Environment Assembly"
    r"|United Nations Environment Assembly|Assembl[ée]e|Asamblea|Conf[ée]rence des Parties"
    r"|Conferencia de las Partes|R[ée]union des Parties|Reuni[óo]n de las Partes|Conseil|Consejo|Comit[ée]|Comisi[óo]n"
    r"|Organe subsidiaire|[ÓO]rgano subsidiario|Groupe de travail|Grupo de trabajo)\b",
    re.IGNORECASE,
)
_KINDS = (
    ("draft resolution", r"\bdraft resolution\b|\bprojet de résolution\b|\bproyecto de resolución\b"),
    ("draft decision", r"\bdraft decision\b|\bprojet de décision\b|\bproyecto de decisión\b"),
    ("resolution", r"^resolution(?:s)? adopted\b|^resolution\b|^résolution\b|^resolución\b"),
    ("decision", r"^decision(?:s)?\b|^décision\b|^decisión\b"),
    ("note verbale", r"^note verbale\b"),
    ("information paper", r"^information paper\b"),
    ("report", r"^(?:[\w-]+\s+){0,2}report\b|^rapport\b|^informe\b"),
    ("note", r"^note\b|^nota\b"),
    ("provisional agenda", r"^(?:annotated\s+)?provisional agenda\b"),
    ("treaty", r"^(?:convention|protocol|treaty|agreement|accord|traité|tratado|convenio)\b(?! of the)"),
)
_KIND = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_NATURES = (("INF", r"/INF(?:[./]|$)"), ("CRP", r"/(?:\w+\.)?CRP(?:[./]|$)"), ("draft (L.)", r"/L\.\d"))
_MODIFIED = re.compile(r"^(?P<outer>.+)/(?P<how>Add|Corr|Rev|Amend)\.(?P<n>\d+)$")
_LINKS = {"Add": "Add.{} to {}", "Corr": "Corr.{} to {}", "Rev": "Rev.{} of {}", "Amend": "Amend.{} to {}"}


def date_of(text: str) -> str:
    """ISO date of a line that is a date."""
    match = _DATE.match(text.strip())
    if match is None:
        return ""
    return f"{match.group(3)}-{_MONTH[match.group(2).casefold()]:02}-{int(match.group(1)):02}"


def language_of(text: str) -> str:
    """Codes of the original languages, joined by slashes."""
    match = _LANGUAGE.match(text.strip())
    if match is None:
        return ""
    names = re.findall(_NAMES, match.group("names"), re.IGNORECASE)
    return "/".join(_LANGUAGES[name.casefold()] for name in names)


def is_distribution(text: str) -> bool:
    """Whether a line opens with "Distr."; what is distributed how may stand on the next one."""
    return bool(re.match(r"^Distr(?:\.|ibution)?\s*(?::|$)", text, re.IGNORECASE) or _printed_distribution(text))


def _printed_distribution(text: str) -> bool:
    """Whether a line is "Distr. générale", without a colon."""
    match = _DISTRIBUTION.match(text)
    return match is not None and (match.group("value") or "").casefold() in _DISTRIBUTIONS


def distribution_of(text: str) -> str:
    """ "General" of "Distr.: General", and of "GENERAL" alone."""
    match = _DISTRIBUTION.match(text)
    value = (match.group("value") or "") if match else text.strip()
    return value.capitalize() if value.casefold() in _DISTRIBUTIONS else ""


def session_of(text: str) -> str:
    """A line that names a session or meeting and nothing else; one in small letters goes on with a sentence."""
    return text.strip() if _SESSION.match(text.strip()) and not text.strip()[0].islower() else ""


def session_in_title(text: str) -> tuple[str, int, int]:
    """ "twenty-fourth session" of "… on its twenty-fourth session, held in …", and where."""
    match = _ITS_SESSION.search(text)
    return (match.group(1), *match.span(1)) if match else ("", 0, 0)


def agenda_item_of(text: str) -> str:
    """ "77" of "Agenda item 77"."""
    match = _AGENDA_ITEM.match(text.strip())
    return " ".join(match.group("item").split()) if match else ""


def names_body(text: str) -> bool:
    """Whether a line opens with the name of a body that issues papers."""
    return bool(_BODY.match(text))


def kind_of(text: str) -> str:
    """What kind of paper a title or a line under it says it is."""
    return next((kind for kind, pattern in _KIND if pattern.search(text)), "")


def nature_of(symbol: str) -> str:
    """What kind of paper a symbol says it is."""
    return next((kind for kind, pattern in _NATURES if re.search(pattern, symbol)), "")


def relations_of(symbol: str) -> tuple[str, ...]:
    """What a symbol says of other papers: ("Corr.1 to X/1/Rev.2", "Rev.2 of X/1")."""
    found: list[str] = []
    while match := _MODIFIED.match(symbol):
        symbol = match.group("outer")
        found.append(_LINKS[match.group("how")].format(match.group("n"), symbol))
    return tuple(found)
