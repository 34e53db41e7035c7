#!/usr/bin/env python3
"""A mail server for submission on loopback, by aiosmtpd, with TLS and passwords.

    smtpserver.py PORT CERTIFICATE KEY MODE USER PASSWORD FOLDER

MODE: "tls" (from the first byte), "starttls" (required before anything else), "clear" (neither). What arrives is written
to FOLDER/message, its envelope to FOLDER/envelope. Recipients that start with "refused" are refused.
"""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 There is nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def handle_DATA(self, server, session, envelope):
        (self.folder / "message").write_bytes(envelope.original_content)
        who = session.auth_data.login.decode() if session.authenticated else "-"
        (self.folder / "envelope").write_text(
            f"{envelope.mail_from} {','.join(envelope.rcpt_tos)} {who} {session.host_name}")
        return "250 2.0.0 Ok: queued as 4F1A"


def main():
    port, certificate, key, mode, user, password, folder = sys.argv[1:]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def check(server, session, envelope, mechanism, data):
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, handled=False, auth_data=data)

    def connection():
        return SMTP(Mailbox(folder), hostname="smtp.acme.example", authenticator=check,
                    auth_required=mode != "clear", auth_require_tls=mode == "starttls",
                    tls_context=context if mode == "starttls" else None, require_starttls=mode == "starttls")

    async def serve():
        server = await asyncio.get_running_loop().create_server(
            connection, "127.0.0.1", int(port), ssl=context if mode == "tls" else None)
        await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
