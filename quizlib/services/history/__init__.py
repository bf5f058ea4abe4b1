"""How learners did, over time: their own history, and an instructor's class."""
