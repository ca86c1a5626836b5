"""Who asks: a user with a password, or a token, from the environment or the keyring; never from an address."""

import base64
import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from icvkg.errors import IcvkgError

USER, PASSWORD, TOKEN = "ICVKG_ENDPOINT_USER", "ICVKG_ENDPOINT_PASSWORD", "ICVKG_ENDPOINT_TOKEN"


@dataclass(frozen=True)
class Login:
    """What an endpoint is told of who asks; nothing where all is empty."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def header(self) -> str:
        """The value of Authorization: Basic (RFC 7617) for a user, else Bearer (RFC 6750); empty without a login."""
        if self.user:
            return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return f"Bearer {self.token}" if self.token else ""


def read_login(url: str) -> Login:
    """The login for an address; a user without a password has it in the keyring, under the address's host and port.

    Raises IcvkgError when an address carries a login itself, or the keyring has none.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise IcvkgError(f"An address with a login in it ends up in logs: set {USER} and {PASSWORD} instead.")
    user, password, token = (os.environ.get(name, "").strip() for name in (USER, PASSWORD, TOKEN))
    if user and PASSWORD not in os.environ:
        password = _kept(parts.netloc, user)
    return Login(user, password, token)


def _kept(service: str, user: str) -> str:
    try:
        import keyring
    except ImportError:
        raise IcvkgError(f"{USER} is set and {PASSWORD} is not: set it, or pip install 'icvkg[keyring]'.") from None
    found = keyring.get_password(service, user)
    if found is None:
        raise IcvkgError(f"{PASSWORD} is not set and the keyring has no password: keyring set {service} {user}")
    return str(found)
