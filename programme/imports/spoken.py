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
}
NAMES_ELSEWHERE = (  # as organisers in Norway, Germany, France and elsewhere call them
    "norwegian=no norsk=no norwegisch=no norvégien=no noruego=no bokmål=nb nynorsk=nn engelsk=en englisch=en "
    "anglais=en inglés=en inglese=en engelska=en engels=en tysk=de deutsch=de german=de allemand=de alemán=de "
    "tyska=de duits=de fransk=fr französisch=fr français=fr francés=fr franska=fr spansk=es spanisch=es espagnol=es "
    "castellano=es castilian=es svensk=sv schwedisch=sv suédois=sv dansk=da dänisch=da danois=da finsk=fi finnisch=fi "
    "samisk=se sami=se saami=se davvisámegiella=se italiensk=it italienisch=it italien=it italiano=it polsk=pl "
    "polnisch=pl polonais=pl russisk=ru russisch=ru russe=ru ukrainsk=uk ukrainisch=uk ukrainien=uk portugisisk=pt "
    "portugiesisch=pt portugais=pt nederlandsk=nl niederländisch=nl néerlandais=nl flemish=nl arabisk=ar arabisch=ar "
    "arabe=ar العربية=ar kinesisk=zh chinesisch=zh chinois=zh chinese=zh mandarin=zh 中文=zh japansk=ja japanisch=ja "
    "japonais=ja islandsk=is somali=so"
)
NAMES |= dict(pair.split("=") for pair in NAMES_ELSEWHERE.split())
NOT_SPOKEN = re.compile(
    r"subtit|untertitel|undertekst|sous-titr|interpret|translat|übersetz|tolk|slides", re.IGNORECASE
)


def read_languages(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(codes in the order given, words that are no language)."""
    found, unknown = {}, []
    for word in re.split(r"\s*(?:[,;/|&+]|\b(?:and|und|og|och|et|y|e)\b)\s*", words[:100].strip()):
        if codes := language_codes(word):
            found |= dict.fromkeys(codes)
        elif word:
            unknown.append(word)
    return tuple(found), tuple(unknown)


def language_codes(words):
    """The language of "de-DE" or "English (US)"; for a phrase like "English only" those that it names."""
    code = language_code(words) or language_code(words.partition("(")[0])
    if code or NOT_SPOKEN.search(words):
        return [code] if code else []
    named = dict.fromkeys(NAMES[word] for word in re.findall(r"\w+", words.casefold()) if word in NAMES)
    return [code for code in named if code != "no" or not {"nb", "nn"} & set(named)]


def language_code(word):
    word = word.strip().casefold()
    if word in NAMES:
        return NAMES[word]
    start = re.split(r"[-_]", word)[0]
    start = THREE_LETTERS.get(start, start)
    return start if start in ISO_639_1 else ""
