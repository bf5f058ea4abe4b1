"""Numbers out of answers: a data frame in, a data frame out."""
