"""Self-study quizzes on spinal nerves, dermatomes, red flags and pain mechanisms."""

__version__ = "0.1.0"
