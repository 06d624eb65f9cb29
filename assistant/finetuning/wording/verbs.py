"""A small lexicon of English verb forms: enough to find the verb of a plain factual sentence."""

from dataclasses import dataclass

from assistant.finetuning.text import word_set

_REGULAR = """
accept achieve age agree aim activate add adjust administer advise allow alert announce answer
appear apply appoint approve arrange arrive ask assign attach audit back base belong block book
borrow broadcast calibrate call cancel carry cause certify change charge check clean clear close
collect combine command complete compress compute concern connect consist contain continue
control convert copy correct cost count cover create credit cut decide declare default delay
delete deliver demand deny depend describe design detect determine develop differ disable
display distribute divide document double drain drop earn employ enable encrypt end enforce
ensure enter equal e-mail escalate establish estimate evaluate exceed exclude exist expect
expire explain export extend fail file fill finance fit fix flash follow force found generate
govern grant guide handle happen head heat help host house identify ignore import improve
include increase indicate inform inherit insert inspect install introduce invoice invite issue
join judge label lack land last launch live limit link list listen load lock log lower maintain
manage manufacture mark match matter measure mention migrate monitor mount move name need notify
number observe obtain occupy occur offer open operate order own pass pause peak perform phone
permit place plan play poll post prefer prepare present press prevent print process produce
prohibit promise propose protect prove provide publish purge push raise range rank rate reach
receive recommend record recover reduce refer refund register reject relate release rely remain
remove rename renew rent repair repeat replace reply report represent request require reserve
reset resign resolve respond restart restore restrict result resume retain rinse retire retry
return review reward rotate sample scale scan schedule score search select separate serve settle
share ship show sign simulate sound specify stage start state stop store stretch submit succeed
suggest supply support suspend switch tag tax test ticket time total track trade train transfer
transmit travel treat trigger turn type unlock update upgrade upload use validate verify view
visit wait want warm warn wash watch weigh wipe wire work wrap yield
"""
_IRREGULAR = """
become:became:become begin:began:begun blow:blew:blown break:broke:broken bring:brought:brought
build:built:built buy:bought:bought choose:chose:chosen come:came:come cost:cost:cost
cut:cut:cut deal:dealt:dealt draw:drew:drawn drive:drove:driven eat:ate:eaten fall:fell:fallen
feed:fed:fed find:found:found fly:flew:flown forget:forgot:forgotten freeze:froze:frozen
get:got:got give:gave:given go:went:gone grow:grew:grown hold:held:held keep:kept:kept
know:knew:known lead:led:led learn:learned:learned leave:left:left let:let:let lie:lay:lain
lose:lost:lost make:made:made mean:meant:meant meet:met:met pay:paid:paid put:put:put
read:read:read ride:rode:ridden rise:rose:risen run:ran:run say:said:said see:saw:seen
sell:sold:sold send:sent:sent set:set:set shut:shut:shut sit:sat:sat speak:spoke:spoken
spend:spent:spent stand:stood:stood stick:stuck:stuck take:took:taken teach:taught:taught
tell:told:told think:thought:thought understand:understood:understood wear:wore:worn win:won:won
write:wrote:written withstand:withstood:withstood withdraw:withdrew:withdrawn have:had:had
do:did:done
"""
NOUN_TOO = word_set(
    """answer alert arrange back base block book call cause change charge check command concern
    contact control copy cost count cover credit cut deal default delay demand design
    display document double drain drop end estimate exit export file fill fit fix flash fly
    follow force grant guide head heat help host house import increase invite invoice issue
    judge label lack land launch lead limit link list load lock log make mark match matter
    measure mention monitor mount move name need notice number offer open order own pass
    pause place plan play poll post present press process produce promise push raise range
    rank rate read record refund release rent repair reply report request reserve reset
    result return review reward rise run sample scale scan schedule score search set share
    ship show sign sound stage stand start state stop store stretch supply support switch
    tag tax test ticket time total track trade train transfer travel trigger turn type
    update upgrade upload use view visit wait warm wash watch wear work wrap yield feed ride
    found sell"""
)
AUXILIARIES = word_set(
    "is are was were has have had can could must may might shall should will would does do did"
)
BE = word_set("is are was were")
_DOUBLING = word_set("stop ship fit plan drop log tag scan permit refer occur submit transfer wrap")


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A finite form of a full verb."""

    base: str
    auxiliary: str
    """does, do or did: what a question needs before the subject."""
    ambiguous: bool
    """Whether the same letters are often a noun or a participle."""


def _third(base: str) -> str:
    if base in {"have", "do", "go"}:
        return {"have": "has", "do": "does", "go": "goes"}[base]
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLING else "") + "ed"


def _forms() -> dict[str, VerbForm]:
    forms: dict[str, VerbForm] = {}
    irregular = {entry.split(":")[0]: entry.split(":") for entry in _IRREGULAR.split()}
    for base in {*_REGULAR.split(), *irregular}:
        noun = base in NOUN_TOO
        past = irregular[base][1] if base in irregular else _past(base)
        participle = base not in irregular or irregular[base][1] == irregular[base][2]
        forms.setdefault(past, VerbForm(base, "did", participle))
        forms[base] = VerbForm(base, "do", True)
        forms[_third(base)] = VerbForm(base, "does", noun)
    return forms


VERBS = _forms()
"""Finite form -> base form and the auxiliary of its question (`takes` -> take, does)."""
PARTICIPLES = frozenset(
    {entry.split(":")[2] for entry in _IRREGULAR.split()} | {_past(b) for b in _REGULAR.split()}
)
"""Forms that may follow `is` or `has` (`is sold`, `has changed`)."""
