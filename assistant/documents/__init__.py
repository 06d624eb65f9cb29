"""Files into records: documents, chunks, questions and pairs, with character offsets kept."""
