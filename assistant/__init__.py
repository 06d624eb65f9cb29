"""RAG or fine-tune? Build both from one folder of documents and measure which one to use."""

__version__ = "0.1.0"
