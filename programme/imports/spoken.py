"""Languages as organisers write them ("de, en", "English", "eng"), made into ISO 639-1 codes."""

import re

from django.conf.locale import LANG_INFO

ISO_639_1_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
    "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu"
)
ISO_639_1 = frozenset(ISO_639_1_CODES.split())
ISO_639_2_CODES = (
    "eng=en deu=de ger=de fra=fr fre=fr nob=nb nno=nn nor=no spa=es ita=it por=pt nld=nl dut=nl swe=sv dan=da "
    "fin=fi pol=pl ces=cs cze=cs slk=sk slo=sk slv=sl hrv=hr srp=sr bos=bs bul=bg ron=ro rum=ro hun=hu rus=ru "
    "ukr=uk bel=be lit=lt lav=lv est=et isl=is ice=is gle=ga cym=cy wel=cy ell=el gre=el tur=tr ara=ar heb=he "
    "fas=fa per=fa hin=hi jpn=ja zho=zh chi=zh kor=ko vie=vi tha=th ind=id cat=ca eus=eu baq=eu glg=gl epo=eo "
    "lat=la sme=se"
)
THREE_LETTERS = dict(pair.split("=") for pair in ISO_639_2_CODES.split())
NAMES = {
    name.casefold(): code
    for code, language in LANG_INFO.items()
    if "name" in language and code in ISO_639_1
    for name in (language["name"], language["name_local"])
} | {
    "englisch": "en",
    "deutsch": "de",
    "german": "de",
    "norwegian": "no",
    "norsk": "no",
    "französisch": "fr",
    "anglais": "en",
}


def read_languages(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(codes in the order given, words that are no language)."""
    found, unknown = {}, []
    for word in re.split(r"\s*(?:[,;/|&+]|\band\b|\bund\b)\s*", words[:100].strip()):
        code = language_code(word)
        if code:
            found[code] = True
        elif word:
            unknown.append(word)
    return tuple(found), tuple(unknown)


def language_code(word):
    word = word.strip().casefold()
    if word in NAMES:
        return NAMES[word]
    start = re.split(r"[-_]", word)[0]
    start = THREE_LETTERS.get(start, start)
    return start if start in ISO_639_1 else ""
