"""Figures of questions and tests, each with what it means and why one is missing."""
