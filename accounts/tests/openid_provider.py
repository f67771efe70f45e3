"""A small OpenID Connect provider that behaves like a tenant of Microsoft Entra.

It listens on this machine, hands out one code for each visit, and signs real ID tokens with a
key of its own. Who is signed in there is what the test says: provider.person.
"""

import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "the-scorecard", "the-secret"
KEY_ID = "test-key"


class OpenIdProvider:
    def __init__(self):
        self.person = {"sub": "sub-of-amina", "name": "Amina B.", "email": "amina@example.org"}
        self.changed_claims = {}  # laid over those of the next tokens
        self.visits = []  # the parameters of each visit to the sign-in page
        self.exchanges = []  # the parameters of each exchange of a code for a token
        self.codes = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/tenant/v2.0"
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def configuration(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": KEY_ID, "alg": "RS256", "use": "sig"}]}

    def visit(self, address):
        """A person arrives, is signed in already, and is sent back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.visits.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, sent):
        self.exchanges.append(sent)
        asked = self.codes.pop(sent.get("code"), None)
        if asked is None or (sent["client_id"], sent["client_secret"]) != (CLIENT_ID, SECRET):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **self.person}
        token = jwt.encode(
            claims | self.changed_claims, self.key, algorithm="RS256", headers={"kid": KEY_ID}
        )
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": token}

    def _handler(provider):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.endswith("/.well-known/openid-configuration"):
                    self.answer(200, provider.configuration())
                elif self.path.endswith("/keys"):
                    self.answer(200, provider.keys())
                elif "/authorize?" in self.path:
                    self.send_response(302)
                    self.send_header("Location", provider.visit(self.path))
                    self.end_headers()
                else:
                    self.answer(404, {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                sent = {name: values[0] for name, values in parse_qs(body).items()}
                self.answer(*provider.exchange(sent))

            def answer(self, status, content):
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler
