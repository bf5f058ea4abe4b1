"""Drives the real app: servers, tabs, browsers, learners."""
