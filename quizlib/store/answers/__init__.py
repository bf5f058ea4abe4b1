"""Rows of assignments, attempts, items and steps, and what is read from them."""
