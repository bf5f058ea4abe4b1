"""The pages; each is a module with one function `page`."""
