"""What instructors read of their classes: who needs a look, scores, one student."""
