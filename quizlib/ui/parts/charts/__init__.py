"""Charts of what a learner did, each to be read without colour and with its figures as a table."""
