# ruff: noqa: E501
"""Wide tables: registers of parts, people, suppliers, plans and codes, with a question on one cell.

The answer needs the right row *and* the right column, among many of the same kind, and stands
without a sentence around it. Names carry accents here, which byte-level tokens copy badly until
they have practised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from assistant.foundation import formats
from assistant.foundation.fictional.names import fill, nonce, organisation, person, town
from assistant.foundation.fictional.values import MAKERS
from assistant.foundation.formats import REFUSAL, Passage
from assistant.foundation.handbook.amounts import TYPES, Series
from assistant.foundation.handbook.blocks import common_unit, pipes
from assistant.foundation.handbook.facts import capital
from assistant.foundation.spaced import spaced

UNANSWERABLE = 0.17
"""Share of questions on a row or a column that the table does not have."""
MAX_CHARACTERS = (500, 1100, 1800)
"""Of a table, by stage."""

_ACCENTS = {
    **{"a": "áäàâåã", "e": "éèëêě", "i": "íïî", "o": "óöøôő", "u": "úüůû", "n": "ñňń"},
    **{"s": "šśş", "c": "čçć", "z": "žźż", "r": "řŕ", "y": "ýÿ", "l": "ł", "d": "ďđ", "t": "ťţ"},
}


@dataclass(frozen=True)
class Column:
    """What a column may be called, how its cells are made and asked for (``{r}`` is the row)."""

    titles: tuple[str, ...]
    series: str
    questions: tuple[str, ...]


def _columns(text: str) -> tuple[Column, ...]:
    made = []
    for line in text.strip().splitlines():
        titles, series, questions = (part.strip() for part in line.split("|"))
        split = tuple(q.strip() for q in questions.split(";"))
        made.append(Column(tuple(t.strip() for t in titles.split(";")), series, split))
    return tuple(made)


_THINGS = _columns(
    """
Price; List price; Unit price; Net price | money | How much is {r}?; What does {r} cost?; What is the list price of {r}?; price {r}; What do we charge for {r}?; How much do I pay for {r}?
Stock; In stock; On hand; Stock {t} | count_of | How many of {r} do we have?; How many {r} are in stock?; stock of {r}; What is on the shelf of {r}?
Lead time; Delivery; Delivery time | days | How long does {r} take to arrive?; When will {r} be delivered after ordering?; lead time {r}; What is the lead time for {r}?
Warranty; Guarantee | months | For how long is {r} guaranteed?; How many months of warranty does {r} have?; warranty {r}; Until when can I claim on {r}?
Weight; Mass; Gross weight | weight | How heavy is {r}?; What does {r} weigh?; weight {r}
Length; Height; Width; Diameter; Depth | length | {t} of {r}?; What is the {t} of {r}?; How much is the {t} of {r}?
Shelf life; Keeps for; Usable for | months | How long does {r} keep?; What is the shelf life of {r}?; {r} shelf life
Storage; Store at; Keep at | temperature | At what temperature is {r} kept?; How warm may {r} be stored?; storage temperature {r}
Power; Rating; Consumption | power | How much power does {r} draw?; What is the rating of {r}?; {r} power
Material; Made of | material | What is {r} made of?; Which material is used for {r}?; material of {r}
Colour; Label; Marking | colour | What colour is {r}?; Which colour marks {r}?; colour {r}
Supplier; Maker; Vendor; Made by | org | Who supplies {r}?; Which firm makes {r}?; Where do we buy {r}?; supplier of {r}
Group; Class; Category; Discount group | letter | Which group is {r} in?; What class does {r} belong to?; {t} of {r}
Pack; Per box; Pack size; Units per carton | count_of | How many come in a box of {r}?; What is the pack size of {r}?; How many units does a pack of {r} hold?
Fits; For model; Used in; Belongs to | code | Which model does {r} fit?; What is {r} used in?; {r} fits which unit?; For which model is {r} made?
Replace every; Change after; Interval | frequency | How often is {r} replaced?; When must {r} be changed?; change interval {r}
Order number; Part no.; Article; Reference | code | What is the order number of {r}?; Under which number do I order {r}?; {t} of {r}
Valid from; Price date; Since; Listed since | date | From when does the price of {r} hold?; Since what date is {r} listed?; When was {r} listed?
Minimum; Smallest order; Order at least | count_of | What is the smallest order of {r}?; How many of {r} must be ordered at least?; minimum order {r}
Shelf; Bin; Location; Place | code | Where is {r} kept?; In which bin do I find {r}?; {r} location
Remarks; Note; Comment | action | What should I know about {r}?; What is noted for {r}?; What is the remark on {r}?
Customs code; Tariff number | tariff | What is the tariff number of {r}?; Which customs code do I put on {r}?; customs {r}
Low; From; Lower limit | number | What is the lowest value {r} can measure?; Where does the range of {r} begin?; lower limit of {r}
High; To; Upper limit | number | Up to what value does {r} measure?; Where does the range of {r} end?; upper limit {r}
Hazard; Risk; Danger | hazard | How dangerous is {r}?; What hazard does {r} carry?; hazard of {r}
"""
)
_PEOPLE = _columns(
    """
Team; Department; Unit; Group | team | Which team is {r} in?; Where in the organisation does {r} belong?; department of {r}; In which department is {r}?
Role; Job; Title; Position | job | What is the job of {r}?; What does {r} do here?; position of {r}; As what does {r} work?
Site; Office; Place; Town | town | Where does {r} work?; At which office can I find {r}?; {r} site; In which town is {r} based?
Extension; Ext.; Phone; Desk phone | extension | What is the extension of {r}?; How do I call {r}?; phone {r}; Which number reaches {r}?
E-mail; Mail; Address | email | What is the e-mail address of {r}?; Where do I write to {r}?; mail {r}
Joined; Since; Start; Start date | date | When did {r} start?; Since when has {r} been here?; When was {r} hired?; {r} start date
Deputy; Stand-in; Replaced by; Cover | person | Who stands in for {r}?; Who is the deputy of {r}?; deputy {r}; Whom do I ask when {r} is away?
Room; Desk; Office no. | code | In which room is {r}?; Where does {r} sit?; room {r}
Reports to; Manager; Line manager | person | Who is the manager of {r}?; To whom does {r} report?; manager of {r}
Languages; Speaks | language | Which languages does {r} speak?; In which language can I talk to {r}?
Shift; Hours; On duty | opening | When is {r} on duty?; What hours does {r} work?; hours of {r}
First aid; Key holder; Licence | yesno | Is {r} listed with {t}?; {t}: {r}?
"""
)
_FIRMS = _columns(
    """
Goods; Supplies; Delivers; Product | equipment | What does {r} deliver?; What do we buy from {r}?; goods of {r}
Town; City; Seat; Based in | town | Where is {r} based?; In which town is {r}?; {r} city
Contract until; Runs until; Ends; Expires | date | When does the contract with {r} end?; Until when does the agreement with {r} run?; contract {r} end
Buyer; Contact; Our contact; Account manager | person | Who looks after {r}?; Who is our contact for {r}?; buyer for {r}; Whom do I ask about {r}?
Payment days; Terms; Days to pay | count_of | Within how many days do we pay {r}?; What payment terms does {r} have?; payment days {r}
Second source; Alternative; Backup | org | Who can replace {r}?; What is the second source beside {r}?; alternative to {r}
Rating; Grade; Score | letter | How is {r} rated?; What grade did {r} get?; rating {r}
Hotline; Phone; Emergency number | phone | What is the number of {r}?; How do I reach {r}?; phone {r}
Order limit; Limit; Ceiling | money | Up to what amount may we order from {r}?; What is the limit for {r}?; limit {r}
Visited; Last audit; Audited | date | When was {r} last audited?; When did we visit {r}?; last audit {r}
Share; Share of volume; Discount | percent | What share has {r}?; Which discount do we get from {r}?; {t} of {r}
"""
)
_PLANS = _columns(
    """
Price; Monthly fee; Per month; Fee | money | What does {r} cost a month?; How much is {r}?; price of {r}; What do I pay on {r}?
Users; Seats; Accounts; People | count_of | How many users may {r} have?; How many people can use {r}?; users {r}; How many seats come with {r}?
Storage; Space; Disk | size | How much storage does {r} give?; How much can I store on {r}?; storage {r}
Response; First answer; Reaction time | hours | How fast do I get an answer on {r}?; What reaction time does {r} have?; first answer {r}
Support; Help desk; Service hours | opening | When is support there for {r}?; At what times can {r} customers call?; support hours {r}
Uptime; Availability; Service level | percent | What uptime is promised on {r}?; Which availability does {r} have?; uptime {r}
History; Data kept; Backups kept | span | How long is data kept on {r}?; For how long are backups kept with {r}?; history {r}
Requests; Calls per minute; Rate limit | count_of | How many requests may I send on {r}?; What is the rate limit on {r}?; rate limit {r}
Devices; Units; Machines; Projects | count_of | How many {t} are allowed on {r}?; What is the limit of {t} on {r}?; {r} {t}
Notice; Notice period; Cancel | days | How much notice is needed to cancel {r}?; What is the notice period on {r}?; cancel {r}
Days off; Annual leave; Holiday | count_of | How many days off do people get in {r}?; What leave applies in {r}?; I work in {r}. How many days off do I have?
Sick days; Without certificate | count_of | For how many days can I be ill in {r} before a note is due?; sick days {r}
Allowance; Meals; Per diem | money | What is paid for meals in {r}?; How much is the allowance in {r}?; per diem {r}
Deadline; Cut-off; Order by | clock | By when must orders be in for {r}?; What is the cut-off for {r}?; {r} cut-off
Express; Parcel; Freight | money | What does {t} to {r} cost?; How much is {t} for {r}?; {t} {r}
Depot; Warehouse; Ships from | town | From where is {r} served?; Which depot handles {r}?; depot {r}
"""
)
_CASES = _columns(
    """
Meaning; Message; Cause; What it says | meaning | What does {r} mean?; Why do I see {r}?; {r} meaning; {r} on the display; meaning of code {r}
Action; What to do; Remedy; First step | action | What do I do when {r} appears?; How do I clear {r}?; remedy {r}; {r}, what now?
Status; Level; Class | number | What status goes with {r}?; {t} of {r}?; Which {t} does {r} have?
Retry; Try again; Repeat | yesno | Can I try again after {r}?; Does a retry help with {r}?
Models; Affects; Found on | code | Which model shows {r}?; On what unit does {r} occur?
Owner; Handled by; Goes to | team | Who handles {r}?; Which team takes {r}?; {r} owner
Since version; First in; Version | version | Since which version does {r} exist?; In what version did {r} come?
"""
)
_KINDS: dict[str, tuple[tuple[Column, ...], tuple[str, ...]]] = {
    "thing": (_THINGS, ("Part", "Item", "Product", "Model", "Code", "Article")),
    "person": (_PEOPLE, ("Name", "Person", "Colleague", "Who")),
    "firm": (_FIRMS, ("Supplier", "Firm", "Company", "Partner")),
    "plan": (_PLANS, ("Plan", "Country", "Region", "Contract", "Tier", "Zone")),
    "case": (_CASES, ("Code", "Error", "Alarm", "Fault")),
}
_NOUNS = spaced(
    "pump valve sensor filter lamp belt cable battery display housing seal gasket probe charger"
    " adapter bracket hose motor fan tray lid rack scale printer scanner router tent saddle kettle"
    " drill reagent kit oven mixer tablet lens tripod ladder pallet cartridge module fuse switch"
)
_MORE = spaced("large small spare long short double left right heavy light marine indoor outdoor")
_TITLES = (
    "{k} list",
    "List > {k}",
    "{k} overview",
    "Handbook > {k}",
    "{o}",
    "{o} > {k}",
    "Appendix",
)


def _accented(rng: Random, name: str) -> str:
    return "".join(
        rng.choice(_ACCENTS[c]) if c in _ACCENTS and rng.random() < 0.22 else c for c in name
    )


def _names(maker: Series) -> Callable[[Random], Series]:
    def series(rng: Random) -> Series:
        return lambda r: _accented(r, maker(r)) if r.random() < 0.45 else maker(r)

    return series


def _numbers(rng: Random) -> Series:
    high, decimals = rng.choice((9, 40, 99, 900, 9000)), rng.choice((0, 0, 0, 1, 2))
    return lambda r: f"{r.uniform(1, high):.{decimals}f}"


def _counts(rng: Random) -> Series:
    high = rng.choice((9, 40, 99, 900, 9000))
    return lambda r: str(r.choice((r.randint(1, high), round(r.randint(1, high), -1) or 5)))


_SERIES: dict[str, Callable[[Random], Series]] = {
    **{name: TYPES[name] for name in TYPES if name not in ("person", "town", "org")},
    "person": _names(person),
    "town": _names(town),
    "org": _names(organisation),
    "number": _numbers,
    "count_of": _counts,
    "months": lambda r: lambda s: f"{s.choice((3, 6, 9, 12, 18, 24, 36, 48, 60))} months",
    "letter": lambda r: lambda s: s.choice("ABCDE"),
    "tariff": lambda r: lambda s: fill(s, "9999.99.99"),
    "extension": lambda r: lambda s: fill(s, "9999"),
    "yesno": lambda r: lambda s: s.choice(("yes", "no")),
    "hazard": lambda r: lambda s: s.choice(("None", "Toxic", "Corrosive", "Irritant", "Flammable")),
    "language": lambda r: MAKERS["one_language"],
    "equipment": lambda r: MAKERS["one_equipment"],
    "job": lambda r: MAKERS["job"],
    "material": lambda r: MAKERS["material"],
    "colour": lambda r: MAKERS["colour"],
    "action": lambda r: MAKERS["action"],
    "meaning": lambda r: MAKERS["meaning"],
}


def _row_names(rng: Random, kind: str, count: int) -> list[str]:
    """Different names of one kind; codes of things are near-twins of each other."""
    if kind in ("thing", "case"):
        shape = rng.choice(spaced("AA-99 A-999 AA-9999 AA99 A99 AA-999 E-999 AAA-9 AA-9"))
        head = "".join(c for c in fill(rng, shape) if c.isalpha())
        bare = shape.replace("A", "").replace("E", "")
        make: Series = lambda r: head + fill(r, bare) + r.choice(("", "", "", "M", "-B"))  # noqa: E731
        if rng.random() < 0.4:
            make = lambda r: fill(r, shape)  # noqa: E731
    elif kind == "plan":
        make = _names(rng.choice((nonce, town)))(rng)
    else:
        make = _names({"person": person, "firm": organisation}[kind])(rng)
    return list(dict.fromkeys(make(rng) for _ in range(count)))


def _told(title: str, column: Column, rng: Random, row: str) -> str:
    """A question for a cell, or its keywords."""
    if rng.random() < 0.15:
        return f"{title.lower()} {row}" if rng.random() < 0.5 else f"{row} {title.lower()}"
    question = rng.choice(column.questions)
    return capital(question.replace("{t}", title.lower()).replace("{r}", row))


@dataclass(frozen=True)
class Register:
    """A drawn table: names and second names of the rows, columns with titles and cells."""

    kind: str
    label: str
    rows: tuple[str, ...]
    seconds: tuple[str, ...]
    columns: tuple[tuple[str, Column, tuple[str, ...]], ...]


def _draw(rng: Random, stage: int) -> Register:
    kind = rng.choices(tuple(_KINDS), (5, 3, 2, 4, 2))[0]
    known, labels = _KINDS[kind]
    rows = _row_names(rng, kind, rng.randint(2, (4, 8, 14)[stage]))
    count = rng.randint(1, min(len(known), (3, 6, 9)[stage]))
    if kind in ("thing", "case") and rng.random() < 0.3:
        count = max(1, count // 2)
    made: list[tuple[str, Column, tuple[str, ...]]] = []
    for column in rng.sample(known, count):
        title = rng.choice(column.titles).replace("{t}", town(rng))
        if title in {t for t, _, _ in made}:
            continue
        series = _SERIES[column.series](rng)
        cells = [series(rng) for _ in rows]
        shared = common_unit(cells)
        if shared and rng.random() < 0.5:
            title, cells = f"{title} ({shared[0]})", shared[1]
        if rng.random() < 0.12:
            cells[rng.randrange(len(cells))] = rng.choice(("", "-", "none", "on request"))
        made.append((title, column, tuple(cells)))
    seconds: tuple[str, ...] = ()
    if kind == "thing" and rng.random() < 0.6:
        nouns = rng.sample(_NOUNS, min(len(rows), len(_NOUNS)))
        seconds = tuple(capital(f"{n} {rng.choice(_MORE)}" if rng.random() < 0.4 else n)
                        for n in nouns)  # fmt: skip
        seconds = seconds if len(seconds) == len(rows) else ()
    return Register(kind, rng.choice(labels), tuple(rows), seconds, tuple(made))


def _written(rng: Random, table: Register) -> str:
    head = [table.label, *(["Name"] if table.seconds else []), *(t for t, _, _ in table.columns)]
    lines = [head]
    for n, row in enumerate(table.rows):
        second = [table.seconds[n]] if table.seconds else []
        lines.append([row, *second, *(cells[n] for _, _, cells in table.columns)])
    turned = rng.random() < (0.55 if table.kind == "plan" else 0.1)
    if turned:
        lines = [list(cells) for cells in zip(*lines, strict=True)]
        if rng.random() < 0.6:
            lines[0][0] = ""
    style = rng.choices(("pipes", "rows", "cells", "commas"), (7, 1, 1, 0.5))[0]
    if style == "cells" and len(lines[0]) <= 3:  # as pages of PDF files come out
        return "\n".join(cell for line in lines for cell in line if cell)
    if style == "rows" and not turned:
        link, colon = rng.choice(("; ", ", ", " | ")), rng.choice((": ", ": ", "="))
        return "\n".join(link.join(f"{a}{colon}{b}" for a, b in zip(lines[0], line, strict=True))
                         for line in lines[1:])  # fmt: skip
    if style == "commas" and not any("," in cell for line in lines for cell in line):
        return "\n".join(",".join(line) for line in lines)
    return pipes(rng, lines)


def drawn(rng: Random, stage: int) -> Passage | None:
    """A table alone, if it is not too long."""
    table = _draw(rng, stage)
    text = _written(rng, table)
    if len(text) > MAX_CHARACTERS[stage]:
        return None
    return Passage(rng.choice(_TITLES).format(k=table.label, o=organisation(rng)), text)


def register(rng: Random, stage: int, others: list[Passage]) -> tuple[str, str] | None:
    """A table with a question on one of its cells, on a row by its cell, or on neither."""
    table = _draw(rng, stage)
    text = _written(rng, table)
    if len(text) > MAX_CHARACTERS[stage] or not table.columns:
        return None
    if rng.random() < 0.3:
        before = (f"What is in use, checked by {person(rng)}.",
                  f"Last changed on {TYPES['date'](rng)(rng)}.", f"Version {fill(rng, '9.9')}.")  # fmt: skip
        text = f"{rng.choice(before)}\n{text}"
    number = rng.randrange(len(table.rows))
    title, column, cells = rng.choice(table.columns)
    row, answer, chance = table.rows[number], cells[number], rng.random()
    bare = title.split(" (")[0]
    if chance < UNANSWERABLE:
        made = _missing(rng, table)
        if made is None:
            return None
        question, answer = made, REFUSAL
    elif answer in ("", "-", "none"):
        return None
    elif chance < UNANSWERABLE + 0.12 and cells.count(answer) == 1:
        noun = table.label.lower() if table.label != "Who" else "person"
        form = rng.choice(("Which {k} has {a} as its {t}?", "{t} {a}: which {k}?",
                           "What {k} is listed with {t} {a}?", "Which {k} goes with {a}?"))  # fmt: skip
        question = capital(form.format(k=noun, a=answer, t=bare.lower()))
        answer = row
    else:
        named = row
        if table.seconds and rng.random() < 0.5:
            second = table.seconds[number].lower()
            named = rng.choice((f"the {second}", f"the {row} {second}", f"{row} ({second})"))
        question = _told(bare, column, rng, named)
    heading = rng.choice(_TITLES).format(k=table.label, o=organisation(rng))
    passages = [Passage(capital(heading), text), *others]
    rng.shuffle(passages)
    return formats.with_passages(question, passages[:5]), answer


def _missing(rng: Random, table: Register) -> str | None:
    """A question on a row or a column that is not there."""
    title, column, _ = rng.choice(table.columns)
    if rng.random() < 0.6:
        fresh = [r for r in _row_names(rng, table.kind, 3) if r not in table.rows]
        return _told(title.split(" (")[0], column, rng, fresh[0]) if fresh else None
    shown = {c for _, c, _ in table.columns}
    free = [c for c in _KINDS[table.kind][0] if c not in shown]
    if not free:
        return None
    other = rng.choice(free)
    return _told(
        rng.choice(other.titles).replace("{t}", "stock"), other, rng, rng.choice(table.rows)
    )
