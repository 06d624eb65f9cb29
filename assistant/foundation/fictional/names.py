"""Names of fictional people, places and things: invented syllables mixed with common names."""

from __future__ import annotations

from random import Random

from assistant.foundation.spaced import spaced

_START = spaced(
    "ka lo mi ren tor vel sa dun pri mo cal ber fin gar hel jun kel lam nor ost pel qui "
    "ros sil tam ul ven wes yor zan bra cro dre fla gri sto thu bri cle dro fre gla kro "
    "pla sco tri vo wi xe"
)
_MIDDLE = spaced("la ri no te ma do ve li sa ro ne ti ka mu da lo ra be")
_END = spaced(
    "el ar is on eth ia den ford by ham ton mark wick stad ora ix um aq en burg dale mere "
    "nik ov sen ley ra ta no lix dor vik"
)
_FIRST = spaced(
    "Anna Ben Clara David Emma Felix Grace Hugo Ida Jonas Kira Leon Maria Nils Olga Paul "
    "Rosa Sam Tina Viktor Wendy Yusuf Zoe Amir Bella Carlos Dora Erik Fatima Georg Hannah "
    "Ivan Julia Karim Laura Mehmet Nora Oscar Petra Quentin Ruth Stefan Tom Ursula Vera "
    "Walter Xenia Aisha Bruno Chen Diego Elena Finn Gloria Henrik Ines Jack Kate Luca "
    "Mona Noah Priya Ravi Sofia Thomas"
)
_LAST = spaced(
    "Smith Jones Brown Miller Weber Novak Rossi Garcia Lopez Kim Chen Singh Patel Ali "
    "Haddad Okafor Jensen Larsen Berg Lind Virtanen Dubois Moreau Kowalski Horvat Popescu "
    "Ivanov Sato Tanaka Nguyen Santos Costa Silva Murphy Kelly Walsh Evans Baker Carter "
    "Cooper Fisher Hunter Mason Parker Potter Turner Walker Wood Stone Hill Brook Marsh "
    "Winter Summer Young Long Short Sharp"
)
_TOWNS = spaced(
    "Bremen Lyon Porto Turin Graz Basel Ghent Malmo Turku Gdansk Brno Split Cork Leeds "
    "York Bergen Aarhus Utrecht Dresden Seville Naples Patras Varna Cluj Riga Kaunas "
    "Tartu Nantes Dijon Zagreb"
)


def nonce(rng: Random) -> str:
    """An invented word of two to four syllables, capitalised."""
    parts = [rng.choice(_START)]
    parts += [rng.choice(_MIDDLE) for _ in range(rng.choice((0, 0, 1, 1, 2)))]
    return "".join([*parts, rng.choice(_END)]).capitalize()


def person(rng: Random) -> str:
    """First and last name, sometimes with a title, an initial or a double name."""
    first = rng.choice(_FIRST) if rng.random() < 0.7 else nonce(rng)
    last = rng.choice(_LAST) if rng.random() < 0.5 else nonce(rng)
    form = rng.random()
    if form < 0.06:
        return f"Dr {first} {last}"
    if form < 0.10:
        return f"{first} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {last}"
    if form < 0.13:
        return f"{first} {last}-{nonce(rng)}"
    if form < 0.15:
        return f"Professor {last}"
    return f"{first} {last}"


def town(rng: Random) -> str:
    """A town, two thirds of them invented."""
    if rng.random() < 0.3:
        return rng.choice(_TOWNS)
    base = nonce(rng)
    form = rng.random()
    if form < 0.08:
        return f"{rng.choice(('New', 'Old', 'Port', 'Saint', 'Upper', 'Lower'))} {base}"
    if form < 0.14:
        return f"{base} {rng.choice(('Bay', 'Falls', 'Springs', 'Heath', 'Cross'))}"
    return base


def organisation(rng: Random) -> str:
    """A company or institution."""
    tail = rng.choice(
        spaced(
            "Ltd Works Labs Foods Systems Group Motors Optics Energy Logistics Partners Textiles "
            "Paper Shipping Pharma Robotics Insurance Instruments & GmbH Inc. Bank Press Media "
            "Consulting Software Trading Steel Brewery Airlines Railways Health Studio Networks"
        )
    )
    if tail == "&":
        return f"{rng.choice(_LAST)} & {nonce(rng)}"
    head = nonce(rng) if rng.random() < 0.8 else rng.choice(_LAST)
    return f"{head} {tail}"


def code(rng: Random) -> str:
    """An identifier of letters, digits and separators, in one of many shapes."""
    shape = rng.choice(
        spaced(
            "AA-9999 A999 AAA-99 AA9999 999-AAA A-99-A ERR-9999 AA.99.9 9999-99 AAA_999 A9A9 "
            "#99999 DE999999999 AA/99/999 E99 999/99 AAAA-9999-A INC99999 Z9-A99"
        )
    )
    return fill(rng, shape) if shape[:3] not in ("ERR", "INC") else shape[:3] + fill(rng, shape[3:])


def fill(rng: Random, shape: str) -> str:
    """Replace every ``9`` by a digit and every ``A`` by a capital letter."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(
        rng.choice("0123456789") if c == "9" else rng.choice(letters) if c == "A" else c
        for c in shape
    )
