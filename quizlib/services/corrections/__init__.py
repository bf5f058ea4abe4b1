"""What goes wrong with a question after it was asked: complaints, and marking again."""
