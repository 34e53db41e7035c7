#include "app/practice/webserver.h"

#include <QCoreApplication>

#include <httplib.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr auto kLoopback = "127.0.0.1";
constexpr auto kEveryPath = ".*";
// A kept-alive connection holds a worker, and a run opens six to one host.
constexpr size_t kWorkers = 10;
// Idle connections end soon, so that stopping does not wait for them.
constexpr time_t kIdleSeconds = 1;

QByteArray hostWithoutPort(const std::string &header)
{
    return QByteArray::fromStdString(header).split(':').constFirst().toLower();
}

PageRequest requestOf(const httplib::Request &request)
{
    return {.method = QByteArray::fromStdString(request.method),
            .path = QByteArray::fromStdString(request.path),
            .host = hostWithoutPort(request.get_header_value("Host")),
            .origin = QByteArray::fromStdString(request.get_header_value("Origin"))};
}

void serve(httplib::Server &server, const PageMaker &pages, std::chrono::milliseconds delay)
{
    const httplib::Server::Handler handler = [pages, delay](const httplib::Request &request,
                                                            httplib::Response &response) {
        if (delay.count() > 0)
            std::this_thread::sleep_for(delay);
        const PageReply reply = pages(requestOf(request));
        response.status = reply.status;
        for (const auto &[name, value] : reply.headers)
            response.headers.emplace(name.toStdString(), value.toStdString());
        response.set_content(reply.body.constData(), static_cast<size_t>(reply.body.size()),
                             reply.contentType.toStdString());
    };
    server.Get(kEveryPath, handler);
    server.Options(kEveryPath, handler);
    server.Post(kEveryPath, handler);
    server.Put(kEveryPath, handler);
    server.Patch(kEveryPath, handler);
    server.Delete(kEveryPath, handler);
    server.set_keep_alive_timeout(kIdleSeconds);
    server.set_read_timeout(kIdleSeconds);
    // Head and body are written apart: held back until the head is acknowledged, every answer would take 40 ms.
    server.set_tcp_nodelay(true);
    server.new_task_queue = [] { return new httplib::ThreadPool(kWorkers); };
}

// The handshake is an answer of its own and comes late, too: the delay is spent in the connection's own thread.
int delayHello(SSL *, int *, void *milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(reinterpret_cast<std::intptr_t>(milliseconds)));
    return SSL_CLIENT_HELLO_SUCCESS;
}

void delayHandshakes(SSL_CTX &context, std::chrono::milliseconds delay)
{
    if (delay.count() > 0)
        SSL_CTX_set_client_hello_cb(&context, delayHello,
                                    reinterpret_cast<void *>(static_cast<std::intptr_t>(delay.count())));
}

bool useIdentity(SSL_CTX &context, const TlsIdentity &identity)
{
    if (SSL_CTX_use_certificate(&context, identity.leaf.certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(&context, identity.leaf.key.get()) != 1)
        return false;
    if (identity.intermediate && SSL_CTX_add1_chain_cert(&context, identity.intermediate) != 1)
        return false;
    switch (identity.oldest) {
    case OldestTls::Tls10:
        // TLS 1.0 signs with SHA-1, which OpenSSL 3 allows at level 0 only.
        SSL_CTX_set_security_level(&context, 0);
        return SSL_CTX_set_cipher_list(&context, "DEFAULT:@SECLEVEL=0") == 1 &&
               SSL_CTX_set_min_proto_version(&context, TLS1_VERSION) == 1;
    case OldestTls::Tls12:
        return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1;
    }
    Q_UNREACHABLE();
}

} // namespace

WebServer::WebServer(std::unique_ptr<httplib::Server> server) : m_server(std::move(server)) {}

Result<void> WebServer::listen()
{
    const int port = m_server->is_valid() ? m_server->bind_to_any_port(kLoopback) : -1;
    if (port <= 0) {
        return failure(ErrorKind::Unreachable,
                       Text::tr("The practice company could not open a web server on this computer."));
    }
    m_address = {QString::fromLatin1(kLoopback), static_cast<std::uint16_t>(port)};
    m_thread = std::thread([this] { m_server->listen_after_bind(); });
    // stop() on a server whose loop has not begun would be forgotten.
    while (!m_server->is_running())
        std::this_thread::yield();
    return {};
}

Result<std::unique_ptr<WebServer>> WebServer::startPlain(PageMaker pages, std::chrono::milliseconds delay)
{
    auto http = std::make_unique<httplib::Server>();
    serve(*http, pages, delay);
    std::unique_ptr<WebServer> server(new WebServer(std::move(http))); // the constructor is private
    if (auto listening = server->listen(); !listening)
        return tl::unexpected(listening.error());
    return server;
}

Result<std::unique_ptr<WebServer>> WebServer::startTls(TlsIdentity identity, PageMaker pages,
                                                       std::chrono::milliseconds delay)
{
    auto https = std::make_unique<httplib::SSLServer>([&identity, delay](SSL_CTX &context) {
        delayHandshakes(context, delay);
        return useIdentity(context, identity);
    });
    serve(*https, pages, delay);
    std::unique_ptr<WebServer> server(new WebServer(std::move(https))); // the constructor is private
    if (auto listening = server->listen(); !listening)
        return tl::unexpected(listening.error());
    return server;
}

void WebServer::stop()
{
    m_server->stop();
}

WebServer::~WebServer()
{
    stop();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace cockpit
