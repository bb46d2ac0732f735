"""What every public page has: the foot, the form's token, the address it was asked from."""

from __future__ import annotations

import secrets
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core import signing
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

_SALT: Final = "portal.form"
_TOKEN_BYTES: Final = 18
_FORM_LASTS: Final = 7 * 24 * 60 * 60
_HOUSEHOLD_NET: Final = 64
"""One connection has a whole network of so many fixed bits under IPv6."""


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A public page, with what stands at its foot."""
    shown = {**(context or {}), "site": settings.BANGFU_PUBLIC}
    return render(request, template, shown, status=status)


def new_token() -> str:
    """A form's own mark, signed, so that nobody else can name it."""
    return signing.dumps(secrets.token_urlsafe(_TOKEN_BYTES), salt=_SALT)


def token_of(request: HttpRequest) -> str:
    """The mark of the form that was sent in; empty when it is not ours, or too old."""
    try:
        signed = request.POST.get("token", "")
        return str(signing.loads(signed, salt=_SALT, max_age=_FORM_LASTS))
    except signing.BadSignature:
        return ""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as counting needs it."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BANGFU_BEHIND_PROXY:
        passed = request.headers.get("X-Forwarded-For", "")
        address = passed.rpartition(",")[2].strip() or address
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        return str(ip_network((known, _HOUSEHOLD_NET), strict=False))
    return str(known)
