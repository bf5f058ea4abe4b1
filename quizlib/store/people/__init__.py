"""Rows of people, sign-ins and classes."""
