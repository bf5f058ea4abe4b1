"""The rules of taking a quiz: pure, with clock and chance passed in."""
