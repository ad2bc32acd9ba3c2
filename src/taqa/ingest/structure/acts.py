"""Decisions and resolutions: their headings, the words that open them, the verbs that their paragraphs begin with."""

from __future__ import annotations

import re

_SYMBOL = r"(?:[A-Z]{1,6}[-‐‑–]?)?(?:\d+|[IVXLC]+)(?:/(?:\w+|\[[^\]]*\])(?:[.-]\w+)*)*(?:\s+\([\w‐‑–-]+\))?"
_ACT = re.compile(
    rf"""^\[?(?P<kind>(?:(?:draft|projet\ de|proyecto\ de)\s+)?
        (?:decision|resolution|recommendation|décision|résolution|recommandation|decisión|resolución|recomendación))
        \s+(?P<symbol>{_SYMBOL})\]?(?:$|\s*[:.–—]\s+(?P<title>\S.*)$)""",
    re.IGNORECASE | re.VERBOSE,
)
OPENING_WORDS = ("The", "Le", "La", "Les", "El", "Los", "Las", "L’Assemblée", "L'Assemblée")
_OPENING = re.compile(rf"^(?:{'|'.join(OPENING_WORDS)})\s+[A-ZÀ-Ýg][^.;:]{{3,300}},$")
_AGREED = re.compile(r"^(?:Have|Hereby|Sont|Han|Hath)\b|:$")
_BEFORE_VERB = r"(?:(?:[Aa]lso|[Ff]urther|[Oo]nce\s+again|[Aa]gain|[Mm]oreover|[Hh]ereby|[A-Za-z]+ly)\s+){0,3}"
_PARTICIPLE = re.compile(
    rf"""^{_BEFORE_VERB}(?:[A-Za-zÀ-ÿ-]{{2,}}(?:ing|ant|ando|endo)\b
      |(?:[Mm]indful|[Aa]ware|[Cc]oncerned|[Aa]larmed|[Cc]onvinced|[Gg]uided|[Dd]etermined|[Dd]esirous|[Cc]onscious
         |[Dd]istressed|[Tt]roubled|[Ss]addened|[Oo]utraged|[Aa]nxious|[Aa]ppreciative|[Gg]rateful|[Hh]opeful
         |[Cc]onfident|[Dd]isturbed|[Dd]ismayed|[Ss]hocked|[Ee]ncouraged|[Ii]nspired|[Pp]ersuaded|[Rr]esolved
         |[Cc]ommitted
         |[Ii]n\ pursuit|[Pp]ursuant|[Cc]ognizant|[Mm]oved|[Ii]n\ accordance
         |[Cc]onsciente|[Pp]réoccupée?|[Cc]onvaincue?)\b)""",
    re.VERBOSE,
)
_VERBS = (
    "accepts acknowledges adopts affirms agrees allocates amends appeals applauds appoints approves asks authorizes"
    " authorises calls commends concludes concurs condemns confirms congratulates considers continues declares decides"
    " demands deplores designates determines directs elects emphasizes emphasises encourages endorses establishes"
    " expresses extends exhorts highlights instructs intends invites looks mandates notes offers pays proclaims"
    " proposes reaffirms recalls recognizes recognises recommends reiterates rejects reminds renews repeats requests"
    " resolves selects stresses supports suggests takes terminates thanks underlines underscores undertakes"
    " urges welcomes"
    " accueille adopte affirme appelle approuve autorise charge confirme considère constate convient décide demande"
    " encourage engage exhorte exprime félicite invite note prend prie rappelle réaffirme recommande reconnaît remercie"
    " souligne"
    " acoge acuerda adopta afirma agradece alienta aprueba autoriza celebra confirma considera decide encarga exhorta"
    " expresa insta invita observa pide reafirma recomienda reconoce recuerda reitera resuelve solicita subraya toma"
)
_OPERATIVE = re.compile(
    rf"^(?P<verb>{_BEFORE_VERB}(?:se\s+)?(?:{'|'.join(sorted(set(_VERBS.split()), key=len, reverse=True))}))\b"
    r"(?P<object>\s+(?:note|upon|on|up|forward|nota|acte|its\s+(?:appreciation|gratitude|concern)|tribute)\b)?",
    re.IGNORECASE,
)


def act_part(title: str) -> str:
    """Address part of the heading of a decision or resolution ("decision 1/CMA.1"), empty for any other line."""
    match = _ACT.match(title.rstrip("*∗† ").strip())
    if match is None or not title.strip("[ ")[:1].isupper():
        return ""
    title_begins = (match.group("title") or "A")[:1]
    symbol = " ".join(match.group("symbol").split())
    return f"{' '.join(match.group('kind').casefold().split())} {symbol}" if not title_begins.islower() else ""


def opens_act(text: str) -> bool:
    """Whether a paragraph is the body that speaks: "The Conference of the Parties,"."""
    return bool(_OPENING.match(" ".join(text.split())))


def is_preambular(text: str) -> bool:
    """Whether a paragraph begins as those of a preamble do: "Recalling", "Also mindful", "[Deeply concerned"."""
    words = text.lstrip("[ ")
    return bool(_PARTICIPLE.match(words)) and words[:1].isupper()


def ends_preamble(text: str) -> bool:
    """Whether a line is the end of a preamble: "Have agreed as follows:"."""
    return bool(_AGREED.search(text))


def operative_verb(text: str) -> str:
    """The verb with which a paragraph of a decision begins, as printed: "Decides", "Also takes note"; else empty."""
    match = _OPERATIVE.match(text.lstrip('[ “"*_'))
    if match is None or not match.group()[:1].isupper():
        return ""
    return " ".join(match.group().split())
