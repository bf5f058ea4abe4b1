"""A class of people who never lived, for anyone who wants to look round: put there by command, and taken away whole."""
