"""Places by the form of their names: "le golfe de X", "X Square"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Mention

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĆČĐĒĞĪİŁŃŌŚŞŠŪŹŻŽ][\w’'\-]*"
_NAME = rf"{_CAPITAL}(?:[ -](?:el-|al-)?{_CAPITAL}){{0,2}}"
_PATTERNS = {
    "fr": re.compile(
        rf"\b(?:camp |(?:[Pp]lace|[Pp]ont|[Mm]ont|îlot|djebel|jebel|oued|wadi|fort|île|lac|rue|avenue|boulevard|cap|col|baie|vallée|péninsule|plaine|quartier|hôpital|[Ss]tade|"
        rf"lycée|gare|square|aéroport(?: international)?|aérodrome) "
        rf"(?:de la |de l['’]|des |du |de |d['’])?|(?:golfe|détroit|canal|oblast|voïvodie|wilaya|gouvernorat|kraï|presqu['’]île|estuaire|lagune|steppe|récif|atoll|bande|mer|archipel|plateau|désert|delta|"
        rf"bassin|corne|massif|forêt|îles|îlots) (?:de la |de l['’]|des |du |de |d['’])){_NAME}"
    ),
    "en": re.compile(
        rf"\b(?:(?:{_CAPITAL} ){{1,3}}(?:Wharf|Lodge|Harbour|Harbor|Hill|Hills|Ridge|Pass|Gorge|Island|Atoll|Oasis|Plateau|Forest|Falls|Creek|Crossing|Dam|Docks?|Quay|Voivodeship|Governorate|Wilaya|Krai|Square|Street|Avenue|Airport|Airfield|Valley|Shoal|Reef|Strait|Straits|Islands?|Sea|Bay|Lake|"
        rf"River|Mountains|Heath|Peninsula|Province|Oblast|Bridge|Heights|Desert|Canal|Delta|Camp|Air Base|Airbase|Palace|Barracks)\b|"
        rf"(?:Gulf|Strait|Bay|Cape|Sea|Horn) of (?:the )?{_NAME}|(?:Mount|Lake|Camp|Fort|Cape) {_NAME})"
    ),
}
_NO_LEAD = re.compile(r"^(?:The|A|An|In|On|At|Near|From|To|And|But|Over|Across|As|For|With|By|Of|Its) ")


def names(text: str, lang: str) -> Iterator[Mention]:
    """Places that a generic noun before or after the name makes known."""
    for match in _PATTERNS[lang].finditer(text):
        written = match[0]
        lead = _NO_LEAD.match(written)
        start = match.start() + (lead.end() if lead else 0)
        name = text[start : match.end()]
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        if " " in name:
            yield Mention(start, start + len(name), name, "PLACE", "rule:place.generic", f"place:{name}")
