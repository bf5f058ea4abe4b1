"""The parts of a learner's own history, from what to do next down to single answers."""
