"""The index as a LangChain retriever, for those who compose it with other parts."""

from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

if TYPE_CHECKING:
    pass


class IndexRetriever(BaseRetriever):  # type: ignore[misc]
    """Wraps `assistant.retrieval.retriever.Retriever`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Any
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        with self.retriever.pinned() as pinned:
            version = pinned.version
            hits = pinned.search(query, self.k)
        return [
            Document(
                id=hit.chunk.id,
                page_content=hit.chunk.text,
                metadata={
                    "source": hit.chunk.source,
                    "title": hit.chunk.title,
                    "headings": list(hit.chunk.heading_path),
                    "page": hit.chunk.page,
                    "score": hit.score,
                    "index_version": version,
                },
            )
            for hit in hits
        ]
