"""A workspace with real parts, but for the embedder and the model, which load nothing."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.parts import Parts
from tests.fakes import FakeGenerator
from tests.retrieval.fakes import BagOfWords

TRAVEL = (
    "# Travel\n\n## Hotels\n\nHotels are paid up to 130 EUR a night. Book early.\n\n"
    "## Receipts\n\nReceipts are needed above 25 EUR.\n"
)
PLANS = "plan,price,seats\nQuay,EUR 312,4\nBreakwater,EUR 1512,40\n"
PEOPLE = "# People\n\nIvar Tjader leads firmware. Mira Solvang leads sales.\n"
QUESTIONS = [
    {"id": "h1", "question": "What may a hotel cost a night?", "references": ["130 EUR"],
     "sources": ["travel.md#Hotels"], "group": "hotel"},
    {"id": "h2", "question": "hotel limit", "references": ["130 EUR"],
     "sources": ["travel.md#Hotels"], "group": "hotel"},
    {"id": "receipt", "question": "Above what are receipts needed?", "references": ["25 EUR"],
     "sources": ["travel.md#Receipts"]},
    {"id": "quay", "question": "What is the price of Quay?", "references": ["EUR 312"],
     "sources": ["plans.csv"]},
    {"id": "seats", "question": "How many seats has Quay?", "references": ["4"],
     "sources": ["plans.csv"]},
    {"id": "lead", "question": "Who leads firmware?", "references": ["Ivar Tjader"],
     "sources": ["people.md"]},
    {"id": "pet", "question": "What is the pet allowance?", "answerable": False,
     "sources": ["travel.md"]},
]  # fmt: skip
SAYS = {
    "What may a hotel cost a night?": "165 EUR",
    "hotel limit": "130 EUR",
    "Above what are receipts needed?": "25 EUR",
    "What is the price of Quay?": "EUR 312",
    "How many seats has Quay?": "4",
    "Who leads firmware?": "Ivar Tjader",
    "What is the pet allowance?": "I don't know.",
}


class Home:
    """A home folder and the command line over it, in this process."""

    def __init__(self, path):
        self.path = path
        self.documents = path / "corpus" / "mine" / "documents"
        self.questions = path / "corpus" / "mine" / "questions" / "gold.jsonl"
        self.documents.mkdir(parents=True)
        self.questions.parent.mkdir()
        self.write("travel.md", TRAVEL)
        self.write("plans.csv", PLANS)
        self.write("people.md", PEOPLE)
        self.questions.write_text("\n".join(map(json.dumps, QUESTIONS)), "utf-8")

    def write(self, name, text):
        (self.documents / name).write_text(text, "utf-8")

    def revise(self):
        """Hotels and one cell change, receipts are reworded, people go away."""
        text = TRAVEL.replace("130", "165")
        self.write("travel.md", text.replace("Receipts are needed above", "We want receipts over"))
        self.write("plans.csv", PLANS.replace("EUR 312", "EUR 330"))
        (self.documents / "people.md").unlink()

    def run(self, *arguments, input=None, code=0):
        done = CliRunner().invoke(cli, [*arguments, "--home", str(self.path)], input=input)
        assert done.exit_code == code, f"{done.output}\n{done.stderr}\n{done.exception!r}"
        return done

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--json").stdout)

    def score(self):
        """The summary of a new run of `prompt` and `rag`."""
        return self.json("score", "--approaches", "prompt,rag", "--timings", "0")

    @property
    def parts(self):
        return Parts.open(self.path, "mine")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(Parts, "embedder", BagOfWords())
    monkeypatch.setattr(Parts, "generator", lambda self, model="": FakeGenerator(SAYS))
    return Home(tmp_path)
