"""Finding rows: vectors, words, and the two together. Each engine is imported by exactly one module."""
