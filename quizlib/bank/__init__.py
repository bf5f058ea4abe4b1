"""Question files ↔ questions, with file and line in every problem."""
