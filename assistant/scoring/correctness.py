"""The primary outcome: is an answer correct, incorrect, or did it abstain?

The published rule. An answer to an **answerable** question is *correct* when

1. it matches the key: every phrase of `must[]` where the question has one, else one of
   `references[]` in full; and every entry of `checks[]` passes. A phrase is matched when its
   words and values stand in the answer as one run after normalisation: letter case, accents,
   punctuation, spelling (colour, color), plural s and filler words (the, of, is, ...) do not
   count; the characters of values do ("v2.1" is not "v21"). Words the question already says may
   be missing at the ends of a phrase. Where a reason, a way, an action, a place or a time is asked
   for, its words may come in other form and order if the clause says no more and no less. A
   reference that is a list is matched when all its items are, in any order unless an order is
   asked for; one that is a JSON object when the answer is an equal object; "yes" and "no" are
   matched by the polarity of the answer; how often by the frequency ("quarterly", "every three
   months");
2. every number (sign, decimal point, unit), date, time and code in the matched phrase agrees:
   units of one dimension are converted, a unit or year may be missing only when the question
   names it; bounds ("at least"), what is counted, the period of a rate and the sense of a change
   ("fell by 3 %" is -3 %) count;
3. the phrase is asserted, not denied ("not 30 days", "every plan but Quay"), not said of the past
   ("until 2010", "cut from 18 to 12 months") where the present is asked for, not hedged ("30 days
   or something else"), and said of what was asked: not of another code or numbered thing, of the
   opposite ("it ends at 22:30" for the beginning), of a relative or a longer name, or with roles
   exchanged ("X replaced Y");
4. no conflicting value is asserted: a value of the same type that stands in neither key nor
   question, unless its clause names something else (a word found neither in the question nor in
   a hedge), which makes it extra detail ("24 months, sensors 12 months") as long as that clause
   does not take up more of the question than the key's own; and an answer that is a bare
   enumeration names nothing beyond the key ("Breakwater and Quay" for "Breakwater").

A task with nothing but checks is judged by them alone, whatever its answer sounds like.
Declining is *abstained* for any other answerable question and *correct* for an unanswerable
one; any other answer to an unanswerable question is *incorrect*. Without a key, or when the
model failed, there is no outcome at all: not scored is never zero.
"""

from collections.abc import Sequence

from assistant.schema import Outcome, Question, Score, WrongKind
from assistant.scoring import squad
from assistant.scoring.abstention import is_refusal
from assistant.scoring.agreeing import agree, same_type
from assistant.scoring.asked import prepare_question
from assistant.scoring.checks import CheckResult, run_checks, tests_form
from assistant.scoring.conflict import conflicts
from assistant.scoring.key import Match, match_key
from assistant.scoring.surplus import surplus_items
from assistant.scoring.text import Prepared, prepare
from assistant.scoring.values import Context, Value, extract

MAX_CHARACTERS = 20_000
"""Longer answers are cut: a model that rambles on must not stall the scorer."""


def score(
    question: Question,
    answer_text: str,
    *,
    error: str = "",
    twin_values: Sequence[str] = (),
    cited_support: bool | None = None,
) -> Score:
    """Score one answer by the published rule (see the module docstring).

    Args:
        question: the question with its key.
        answer_text: what the approach said.
        error: why there is no answer; such a question is not scored.
        twin_values: values known to belong to near-twins of what is asked about.
        cited_support: whether the passages the answer cites contain its value; None: no citations.

    Returns:
        The score, with an explanation a person can read.
    """
    if error:
        return Score(None, f"not scored: {error}")
    if not question.scorable:
        return Score(None, "not scored: the question has no reference, must phrase or check")
    answer = answer_text[:MAX_CHARACTERS]
    refused = is_refusal(answer)
    if not question.answerable:
        return _score_unanswerable(question, answer, refused)
    asked = prepare_question(question)
    prepared = prepare(answer, context=asked.context, codes=asked.codes)
    match = match_key(question, asked, prepared, answer)
    results = run_checks(question.checks, answer)
    form = [r for r in results if tests_form(r.check, question.references)]
    format_ok = all(r.passed for r in form) if form else None
    said = "" if refused and not match.matched else answer
    em, token_f1 = _squad(question, said)

    def made(outcome: Outcome, why: str, kind: WrongKind | None = None) -> Score:
        return Score(outcome, why, kind, em, token_f1, format_ok)

    key_declines = any(is_refusal(text) for text in (*question.references, *question.must))
    form_only = not (question.references or question.must) and all(r.passed for r in results)
    if refused and not (match.matched and (key_declines or form_only)):
        return made(Outcome.ABSTAINED, "declined to answer an answerable question")
    failed = [r for r in results if not r.passed]
    clash = conflicts(prepared, match.keys, asked) if match.matched else ()
    extra = surplus_items(question, asked, prepared) if match.matched else ()
    if match.matched and not clash and not failed and not extra:
        return made(Outcome.CORRECT, _why_correct(match, results))
    why = _why_incorrect(match, clash, failed, extra)
    return made(
        Outcome.INCORRECT,
        why,
        _wrong_kind(
            prepared, match, clash, format_ok is False, twin_values, cited_support, asked.context
        ),
    )


def _score_unanswerable(question: Question, answer: str, refused: bool) -> Score:
    em, token_f1 = _squad(question, "" if refused else answer)
    if refused:
        return Score(
            Outcome.CORRECT, "declined, and the documents hold no answer", None, em, token_f1
        )
    return Score(
        Outcome.INCORRECT,
        "answered although the documents hold no answer",
        WrongKind.UNANSWERABLE,
        em,
        token_f1,
    )


def _squad(question: Question, said: str) -> tuple[float | None, float | None]:
    if question.answerable and not question.references:
        return None, None
    golds = question.references if question.answerable else ()
    return squad.exact_match(said, golds), squad.f1(said, golds)


def _why_correct(match: Match, results: Sequence[CheckResult]) -> str:
    parts = [match.explanation] if match.explanation else []
    if results:
        parts.append(f"all {len(results)} checks pass" if len(results) > 1 else "the check passes")
    return "; ".join(parts)


def _why_incorrect(
    match: Match,
    clash: Sequence[tuple[Value, Value]],
    failed: Sequence[CheckResult],
    extra: Sequence[str],
) -> str:
    parts = [] if match.matched else [match.explanation]
    parts += [f"also says {a.text.strip()!r} where the key is {k.text.strip()!r}" for k, a in clash]
    parts += [f"also names {', '.join(extra)}"] if extra else []
    parts += [f"check failed: {r.explanation}" for r in failed]
    return "; ".join(parts)


def _wrong_kind(
    answer: Prepared,
    match: Match,
    clash: Sequence[tuple[Value, Value]],
    broke_format: bool,
    twin_values: Sequence[str],
    cited_support: bool | None,
    context: Context,
) -> WrongKind:
    if match.matched and not clash and broke_format:
        return WrongKind.FORMAT
    twins = [v for text in twin_values for v in extract(text, context=context)]
    wrong = [a for _, a in clash] or [
        a
        for a in answer.values
        if any(same_type(k, a) for k in match.keys) and not _is_key(a, match.keys, context)
    ]
    if any(agree(twin, value, context) for twin in twins for value in wrong):
        return WrongKind.NEAR_TWIN
    if _says_twin_text(answer, twin_values):
        return WrongKind.NEAR_TWIN
    if wrong:
        return WrongKind.WRONG_VALUE
    if cited_support is False:
        return WrongKind.UNSUPPORTED
    if broke_format:
        return WrongKind.FORMAT
    return WrongKind.OTHER


def _is_key(value: Value, keys: Sequence[Value], context: Context) -> bool:
    return any(agree(key, value, context) for key in keys)


def _says_twin_text(answer: Prepared, twin_values: Sequence[str]) -> bool:
    words = [t.word for t in answer.content if not t.value]
    for text in twin_values:
        twin = prepare(text)
        wanted = [t.word for t in twin.content if not t.value]
        if wanted and not twin.values:
            span = len(wanted)
            if any(words[i : i + span] == wanted for i in range(len(words) - span + 1)):
                return True
    return False
