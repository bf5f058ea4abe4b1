"""What people see: pages, the question card, words."""
