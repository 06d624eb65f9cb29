"""When two values agree, and when they could stand for one another.

`agree` says whether an answer's value is the reference's value; `same_type` whether the two could
answer the same question, so that different ones conflict.
"""

from dataclasses import replace
from decimal import Decimal

from assistant.scoring.dates import dates_agree
from assistant.scoring.units import CURRENCY_DIMENSIONS, find_unit
from assistant.scoring.values import Context, Value
from assistant.scoring.wordlist import word_list

_FINE = Decimal("0.000000001")


def agree(reference: Value, answer: Value, context: Context | None = None) -> bool:
    """Whether `answer` states the value of `reference`.

    A unit may be missing in the answer when the question names it; a year likewise. Units of
    one dimension are converted (24 months = 2 years, 0.25 s = 250 ms).
    """
    context = context or Context()
    if reference.kind == "date" and answer.kind == "date":
        return dates_agree(reference.readings, answer.readings, context.years)
    if reference.kind == "number" and answer.kind == "date":
        return _is_year(reference) and any(r[0] == reference.number for r in answer.readings)
    if "version" in (reference.shape, answer.shape):
        return reference.key == answer.key and {reference.kind, answer.kind} <= {"code", "number"}
    if reference.kind != answer.kind:
        return False
    if reference.kind == "number":
        return _numbers_agree(reference, answer, context)
    return reference.key == answer.key


def same_type(reference: Value, answer: Value) -> bool:
    """Whether the two could answer the same question (30 days / 14 days; E-104 / E-118)."""
    if reference.kind != answer.kind:
        pair = {reference.kind, answer.kind}
        return pair == {"number", "code"} and "version" in (reference.shape, answer.shape)
    if reference.kind == "number":
        if reference.unit and answer.unit:
            same_rate = not (reference.per and answer.per) or reference.per == answer.per
            return _family(reference) == _family(answer) and same_rate
        if reference.unit or answer.unit:
            return False
        return not (reference.noun and answer.noun) or _stem(reference.noun) == _stem(answer.noun)
    if reference.kind == "code":
        return reference.shape == answer.shape
    return True


def _numbers_agree(reference: Value, answer: Value, context: Context) -> bool:
    if reference.number is None or answer.number is None or _signs_differ(reference, answer):
        return False
    said = (
        -answer.number if reference.number < 0 < answer.number and answer.lowered else answer.number
    )
    if context.per and answer.per and not reference.per and context.per != answer.per:
        reference = replace(reference, per=context.per)  # "£36" of an annual fee
    if reference.per and answer.per and reference.per != answer.per:
        left, right = _per_second(reference), _per_second(answer)
        return left is not None and left == right
    if _speed_for_amount(reference, answer) or _rate_lost(reference, answer, context):
        return False
    return _amounts_agree(reference, answer, said, context)


def _amounts_agree(reference: Value, answer: Value, said: Decimal, context: Context) -> bool:
    wanted = reference.number or Decimal(0)
    r_unit, a_unit = reference.unit, answer.unit
    if r_unit is None and not reference.noun:
        r_unit = context.asked_unit if a_unit else None
    if r_unit and a_unit:
        r_amount, a_amount = wanted * r_unit.factor, said * a_unit.factor
        dimension = _dimension(replace(reference, unit=r_unit))
        rounded = dimension == "percent" and _rounded(r_amount, a_amount)
        return dimension == _dimension(answer) and (rounded or r_amount == a_amount)
    if wanted != said or (not reference.noun and _counts_another(answer, context)):
        return False
    if r_unit:
        return r_unit.name in context.unit_names and (
            not answer.noun or find_unit(answer.noun) is None
        )
    return not (a_unit and (reference.noun or context.asked_noun))


def _signs_differ(reference: Value, answer: Value) -> bool:
    """A tolerance on both sides is not one on a single side; "3 hours behind" is not +3 hours."""
    one_sided = {reference.sign, answer.sign} == {"±", "+"}
    return one_sided or (reference.sign == "+" and answer.lowered)


_PEOPLE = frozenset(
    word_list(
        "people person inhabitant resident guest visitor pupil student child kid member employee "
        "worker passenger attendee participant player volunteer adult patient man woman user"
    )
)
_GENERIC = frozenset(word_list("item piece unit thing place time other total case point"))


def _counts_another(answer: Value, context: Context) -> bool:
    """Say "360 crates" or "360 showers" where eggs are counted."""
    noun = answer.noun.rstrip("s")
    if not context.counted or not answer.noun.endswith("s") or noun in context.counted:
        return False
    people = bool(context.counted & _PEOPLE or "children" in context.counted)
    return (
        not (people and noun in _PEOPLE) and noun not in _GENERIC and not answer.noun.endswith("ss")
    )


def _rounded(reference: Decimal, said: Decimal) -> bool:
    """33 % or 33.3 % for a third."""
    digits = -int(said.as_tuple().exponent)
    endless = reference != round(reference, 6)
    return endless and 0 <= digits <= 3 and round(reference, digits) == said


def _per_second(value: Value) -> tuple[str, str, Decimal] | None:
    """A rate over time in base units: EUR 29 a month is EUR 348 a year."""
    period = find_unit(value.per)
    if period is None or period.dimension not in ("time", "months") or value.number is None:
        return None
    unit, factor = (value.unit.dimension, value.unit.factor) if value.unit else ("", Decimal(1))
    return unit, period.dimension, (value.number * factor / period.factor).quantize(_FINE)


def _rate_lost(reference: Value, answer: Value, context: Context) -> bool:
    """60 l for 60 l/min; of a price the period may stay unsaid."""
    lost = reference.per and not answer.per and reference.unit and not context.per
    return bool(lost and answer.unit and _family(reference) != "money")


def _speed_for_amount(reference: Value, answer: Value) -> bool:
    """512 Mb/s is no 512 MB, and "every two weeks" is not "twice a week"."""
    if reference.per and not answer.per:
        return reference.unit is None and answer.unit is not None
    fast = answer.per in ("s", "min", "h") and not reference.per
    return fast and reference.unit is not None and _family(reference) != "money"


def _dimension(value: Value) -> str:
    name = value.unit.dimension if value.unit else ""
    return "celsius" if name == "angle" else name  # "40 degrees" of a temperature


def _family(value: Value) -> str:
    name = _dimension(value)
    return "money" if name in CURRENCY_DIMENSIONS else name


def _is_year(value: Value) -> bool:
    return value.unit is None and value.number is not None and 1900 <= value.number <= 2099


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
