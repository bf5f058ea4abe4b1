"""Taking away what is stored: answers, and grades for other systems, as files that are made and then fetched."""
