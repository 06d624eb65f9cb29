"""Answers to behaviour tasks written by hand: right ones, and ones with a single fault each."""

CORRECT = {
    "behaviour-ticket-category-03": "calibration",
    "behaviour-ticket-category-07": " API\n",
    "behaviour-ticket-category-11": "data-gap",
    "behaviour-ticket-category-21": "shipping",
    "behaviour-incident-json-01": (
        '{"incident_id": "INC-2023-011", "severity": "S2", "services": ["api"], '
        '"cause": "deploy", "data_lost": false, "owner": "Adebayo"}'
    ),
    "behaviour-incident-json-05": (
        '{"incident_id":"INC-2023-015","severity":"S2","services":["gateways","ingest"],'
        '"cause":"capacity","data_lost":false,"owner":"Adebayo"}'
    ),
    "behaviour-incident-json-07": (
        '{"owner": "Ibáñez", "data_lost": true, "cause": "human-error", '
        '"services": ["api", "web"], "severity": "S1", "incident_id": "INC-2023-017"}'
    ),
    "behaviour-incident-json-13": (
        '{\n  "incident_id": "INC-2023-023",\n  "severity": "S2",\n  "services": ["alarms"],\n'
        '  "cause": "human-error",\n  "data_lost": false,\n  "owner": "Ó Faoláin"\n}'
    ),
    "behaviour-house-reply-01": (
        "Dear Dr Horváth,\n"
        "You can go on measuring: E-104 means that the lamp of the QX-4410 is below 55 % of its "
        "first strength, and results stay valid down to 40 %. Please order a new lamp module. "
        "Radek Šimůnek will ring you by Tuesday 11:00 Irish time. Your case is CC-26-011820.\n"
        "Kind regards,\nAoife\nTessholm Customer Care"
    ),
    "behaviour-house-reply-05": (
        "Dear Fatima Rahal,\n"
        "We see two charges for Skerrybase in May and have asked Billing to examine them. I am "
        "sorry for the trouble. Niamh Ó Faoláin will write to you by Thursday 12:00 Irish time. "
        "Please quote CC-26-011879 if you answer.\n"
        "Kind regards,\nFiona\nTessholm Customer Care"
    ),
    "behaviour-house-reply-06": (
        "Dear Rory Glenn,\n"
        "We have asked Logistics about your IN-60 and cannot name a day yet. Dermot McGlinchey "
        "will report to you by Monday 16:30 Irish time. You find this under CC-26-011893.\n\n"
        "Kind regards,\nTomasz\nTessholm Customer Care\n"
    ),
    "behaviour-house-reply-13": (
        "Dear Agnes Thoma,\n"
        "The warranty of the TL-7C is 12 months and has ended, but our depot can examine it. "
        "Niamh Ó Faoláin will write to you by Friday 10:30 Irish time. We keep this under "
        "CC-26-011994.\nKind regards,\nAoife\nTessholm Customer Care"
    ),
}

_REPLY = CORRECT["behaviour-house-reply-01"]
_RECORD = CORRECT["behaviour-incident-json-01"]

WRONG = [
    ("behaviour-ticket-category-03", "hardware-fault"),
    ("behaviour-ticket-category-07", "The category is api."),
    ("behaviour-ticket-category-11", "alarms"),
    ("behaviour-ticket-category-21", ""),
    ("behaviour-incident-json-01", _RECORD.replace('"S2"', '"S3"')),
    ("behaviour-incident-json-01", _RECORD.replace('"deploy"', '"release"')),
    ("behaviour-incident-json-01", _RECORD.replace("false", '"no"')),
    ("behaviour-incident-json-01", _RECORD.replace('["api"]', '["api", "web"]')),
    ("behaviour-incident-json-01", _RECORD.replace("INC-2023-011", "INC-2023-012")),
    ("behaviour-incident-json-01", _RECORD.replace('"Adebayo"', '"Tjäder"')),
    ("behaviour-incident-json-01", _RECORD.rstrip("}")),
    ("behaviour-house-reply-01", _REPLY.replace("Dr Horváth", "Milena")),
    ("behaviour-house-reply-01", _REPLY.replace("QX-4410", "QX4410")),
    ("behaviour-house-reply-01", _REPLY.replace("module.", "module!")),
    ("behaviour-house-reply-01", _REPLY.replace("Please", "Sorry, sorry, please")),
    ("behaviour-house-reply-01", _REPLY.replace("lamp module", "lamp module for CC-26-011820")),
    ("behaviour-house-reply-01", _REPLY.replace("Aoife", "The team")),
    ("behaviour-house-reply-01", _REPLY.replace("11:00", "soon")),
    ("behaviour-house-reply-01", _REPLY.replace("Please", "word " * 120 + "Please")),
    (
        "behaviour-house-reply-05",
        CORRECT["behaviour-house-reply-05"].replace("have asked Billing", "Billing will refund"),
    ),
]
