"""Taking quizzes: choose, draw, answer, come to a result."""
