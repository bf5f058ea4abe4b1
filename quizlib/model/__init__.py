"""Values: what a question, an attempt and a person are, whatever stores or shows them."""
