"""What answers say about questions, for whoever writes and corrects them."""
