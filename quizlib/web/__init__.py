"""What the server does beside the pages: health, and who may reach it."""

from quizlib.web.server import lifespan, middleware, routes

__all__ = ["lifespan", "middleware", "routes"]
