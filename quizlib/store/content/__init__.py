"""Rows of questions, and of the work on them."""
