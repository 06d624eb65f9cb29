"""Text in, text out: the local engine with adapters per row, remote chat models, adapter versions.

Nothing heavy is imported here.
"""

from assistant.models.factory import is_remote, open_generator

__all__ = ["is_remote", "open_generator"]
