"""The app's icon, served where browsers ask for Streamlit's."""

from starlette.requests import Request
from starlette.responses import Response

# three rootlets join into a root
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1F4F8F"/>'
    '<path d="M6 8c7 0 9 8 20 8M6 16h20M6 24c7 0 9-8 20-8" fill="none" stroke="#fff" stroke-width="2.6" '
    'stroke-linecap="round"/></svg>'
)


async def favicon(request: Request) -> Response:
    """Answer with the icon."""
    return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})
