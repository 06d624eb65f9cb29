"""Every error a user can meet. The doors (command line, app, server) catch only the root.

AssistantError
├── UsageError              the request itself is off (exit code 2)
├── CorpusError             no documents, or a folder that cannot be read
├── QuestionFileError       a question or pair file with a bad line
├── IndexMissing            nothing indexed yet
├── IndexMismatch           the index was made by another embedder or other settings
├── Locked                  another process is writing
├── ModelError              a model cannot be loaded or does not answer
│   ├── ModelMissing        weights are not on this machine
│   ├── AdapterMismatch     the adapter belongs to another base model
│   └── IntegrityError      the self-test failed: the arms of the comparison are not what they say
├── RunError                a run folder that is missing, damaged or of other ids
└── GateFailed              a threshold asked for on the command line was not met (exit code 3)
"""


class AssistantError(Exception):
    """Something the user can act on.

    Args:
        message: what was found and what was expected.
        cure: the command or change that puts it right; printed on its own line.
    """

    exit_code = 1

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message}\n  try: {self.cure}" if self.cure else self.message


class UsageError(AssistantError):
    """The request itself is off."""

    exit_code = 2


class CorpusError(AssistantError):
    """No documents, or a folder that cannot be read."""


class QuestionFileError(AssistantError):
    """A question or pair file with bad lines; the message names each line."""


class IndexMissing(AssistantError):
    """Nothing has been indexed yet."""


class IndexMismatch(AssistantError):
    """The index was made by another embedder or with other chunk settings."""


class Locked(AssistantError):
    """Another process is writing the same thing."""


class ModelError(AssistantError):
    """A model cannot be loaded or does not answer."""


class ModelMissing(ModelError):
    """The weights are not on this machine."""


class AdapterMismatch(ModelError):
    """The adapter was trained on another base model."""


class IntegrityError(ModelError):
    """Adapter-off does not equal the base, or adapter-on changes nothing."""


class RunError(AssistantError):
    """A run folder that is missing, damaged, or belongs to other ids."""


class GateFailed(AssistantError):
    """A threshold asked for on the command line was not met."""

    exit_code = 3
