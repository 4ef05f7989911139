"""A mail server for tests: keeps each mail as a numbered file in the folder given, and prints its port once it listens."""
import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP

folder = sys.argv[1]
port = int(sys.argv[2]) if len(sys.argv) > 2 else 0


class Keep:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 no such mailbox: " + address
        if address.startswith("later"):
            return "451 4.3.0 not now: " + address
        session.manner = address.split("@")[0].split("-")[0]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if session.manner == "slow":
            await asyncio.sleep(4)
        if session.manner == "silent":
            await asyncio.sleep(600)
        if session.manner == "closing":
            server.transport.abort()
            return "250 nobody hears this"
        Keep.count += 1
        path = os.path.join(folder, "%06d.eml" % Keep.count)
        with open(path + ".part", "wb") as file:
            file.write(b"X-Recipients: " + ", ".join(envelope.rcpt_tos).encode() + b"\r\n" + envelope.original_content)
        os.rename(path + ".part", path)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):
        if getattr(session, "manner", "") == "rude":
            await asyncio.sleep(600)
        return "221 Bye"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keep(), enable_SMTPUTF8=True), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
