"""The databases: addresses, transactions, upgrades, copies."""
