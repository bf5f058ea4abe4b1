"""The form in which a question is written, made from the model of its type."""
