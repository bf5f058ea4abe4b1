"""Writing questions: drafts, versions, verdicts, topics, pictures."""
