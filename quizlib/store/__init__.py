"""Rows: the tables, their migrations, and reading and writing them."""
