"""What is held: documents, units and rows, and how they lie on disk. No search engine is imported here."""
