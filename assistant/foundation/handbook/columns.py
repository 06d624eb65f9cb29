# ruff: noqa: E501
"""What the columns of registers are called, hold and are asked for, by kind of row."""

from __future__ import annotations

from dataclasses import dataclass


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
KINDS: dict[str, tuple[tuple[Column, ...], tuple[str, ...]]] = {
    "thing": (_THINGS, ("Part", "Item", "Product", "Model", "Code", "Article")),
    "person": (_PEOPLE, ("Name", "Person", "Colleague", "Who")),
    "firm": (_FIRMS, ("Supplier", "Firm", "Company", "Partner")),
    "plan": (_PLANS, ("Plan", "Country", "Region", "Contract", "Tier", "Zone")),
    "case": (_CASES, ("Code", "Error", "Alarm", "Fault")),
}
"""Columns and the possible titles of the first column, by kind of row."""
