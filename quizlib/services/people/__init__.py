"""People: who is here, their accounts, their own data."""
