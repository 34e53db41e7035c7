// The practice company's HTTPS servers: they offer HTTP/2 and HTTP/1.1 (ALPN, RFC 7301), as hosts on the web do. The
// library that serves HTTP/1.1 knows nothing of the other, so the handshake is made here and each visitor is passed to
// whom they asked for.
#pragma once

#include "app/practice/http2connection.h"
#include "app/practice/manners.h"
#include "app/practice/webpage.h"

#include <httplib.h>

namespace cockpit {

class TlsDoor : public httplib::SSLServer
{
public:
    // To be called while a request is answered, in its thread: the library has no place for it in its answers.
    static void talkAfterwards(std::function<void(Talk &)> talk);

    // setUp: gives the context its certificate and key; false when it cannot. now: the clock by which visitors of
    // HTTP/2 are given up; asked by several threads at once.
    TlsDoor(const std::function<bool(SSL_CTX &)> &setUp, Http2Connection::Answer answer, const Manners &manners,
            Http2Connection::Now now = std::chrono::steady_clock::now);

private:
    bool process_and_close_socket(socket_t socket) override;
    void serveHttp1(SSL *ssl, socket_t socket);

    const Http2Connection::Answer m_answer;
    const std::chrono::milliseconds m_delay;
    const std::chrono::milliseconds m_requestPatience;
    const Http2Connection::Now m_now;
};

} // namespace cockpit
