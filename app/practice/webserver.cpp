#include "app/practice/webserver.h"

#include "app/practice/tlsdoor.h"
#include "checks/engine/background.h"

#include <QCoreApplication>

#include <httplib.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr auto kLoopback = "127.0.0.1";
constexpr auto kEveryPath = ".*";
// Idle connections end soon, so that stopping does not wait for them.
constexpr time_t kIdleSeconds = 1;
// As nginx has it; the library's five would make every visitor shake hands again and again.
constexpr size_t kRequestsPerConnection = 1000;
// More than any of these servers takes; what is less is for them to refuse.
constexpr size_t kMostBody = 16UL * 1024 * 1024;

PageRequest requestOf(const httplib::Request &request)
{
    PageRequest page{.method = QByteArray::fromStdString(request.method),
                     .target = QByteArray::fromStdString(request.target),
                     .authority = QByteArray::fromStdString(request.get_header_value("Host")),
                     .headers = {},
                     .body = QByteArray::fromStdString(request.body),
                     .parts = {},
                     .peer = QByteArray::fromStdString(request.remote_addr)};
    for (const auto &[name, part] : request.files) {
        page.parts.push_back({QByteArray::fromStdString(name), QByteArray::fromStdString(part.filename),
                              QByteArray::fromStdString(part.content_type), QByteArray::fromStdString(part.content)});
    }
    for (const auto &[name, value] : request.headers)
        page.headers[QByteArray::fromStdString(name).toLower()] = QByteArray::fromStdString(value);
    return page;
}

// The page, once its question was noted.
PageMaker noting(const PageMaker &pages, const Manners &manners, QLatin1StringView scheme)
{
    return [pages, manners, scheme](const PageRequest &request) {
        if (manners.heard)
            manners.note(request.question(scheme));
        return pages(request);
    };
}

void serve(httplib::Server &server, const PageMaker &pages, const Manners &manners)
{
    const httplib::Server::Handler handler = [pages, manners](const httplib::Request &request,
                                                              httplib::Response &response) {
        if (manners.delay.count() > 0)
            std::this_thread::sleep_for(manners.delay);
        const PageReply reply = pages(requestOf(request));
        response.status = reply.status;
        for (const auto &[name, value] : reply.headers)
            response.headers.emplace(name.toStdString(), value.toStdString());
        TlsDoor::talkAfterwards(reply.talk);
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
    server.set_keep_alive_max_count(kRequestsPerConnection);
    server.set_read_timeout(kIdleSeconds);
    // Head and body are written apart: held back until the head is acknowledged, every answer would take 40 ms.
    server.set_tcp_nodelay(true);
    server.set_payload_max_length(kMostBody);
    server.new_task_queue = [workers = manners.workers] { return new httplib::ThreadPool(workers); };
}

// The handshake is an answer of its own and comes late, too: the delay is spent in the connection's own thread.
int onHello(SSL *, int *, void *context)
{
    const auto *manners = static_cast<const Manners *>(context);
    manners->note(u"TLS handshake"_s);
    std::this_thread::sleep_for(manners->delay);
    return SSL_CLIENT_HELLO_SUCCESS;
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

WebServer::WebServer(std::unique_ptr<httplib::Server> server, std::unique_ptr<const Manners> manners)
    : m_manners(std::move(manners)), m_server(std::move(server))
{
}

Result<void> WebServer::listen(bool besideWindow)
{
    const int port = m_server->is_valid() ? m_server->bind_to_any_port(kLoopback) : -1;
    if (port <= 0) {
        return failure(ErrorKind::Unreachable,
                       Text::tr("The practice company could not open a web server on this computer."));
    }
    m_address = {QString::fromLatin1(kLoopback), static_cast<std::uint16_t>(port)};
    m_thread = std::thread([this, besideWindow] {
        if (besideWindow)
            standBehindTheWindow(); // and so do the workers that it starts
        m_server->listen_after_bind();
    });
    // stop() on a server whose loop has not begun would be forgotten.
    while (!m_server->is_running())
        std::this_thread::yield();
    return {};
}

Result<std::unique_ptr<WebServer>> WebServer::startPlain(const PageMaker &pages, const Manners &manners)
{
    auto http = std::make_unique<httplib::Server>();
    serve(*http, noting(pages, manners, "http"_L1), manners);
    std::unique_ptr<WebServer> server(new WebServer(std::move(http), nullptr)); // the constructor is private
    if (auto listening = server->listen(manners.besideWindow); !listening)
        return tl::unexpected(listening.error());
    return server;
}

Result<std::unique_ptr<WebServer>> WebServer::startTls(TlsIdentity identity, const PageMaker &pages,
                                                       const Manners &manners)
{
    auto own = std::make_unique<Manners>(manners);
    const PageMaker noted = noting(pages, manners, "https"_L1);
    auto https = std::make_unique<TlsDoor>(
        [&identity, kept = own.get()](SSL_CTX &context) {
            SSL_CTX_set_client_hello_cb(&context, onHello, kept);
            return useIdentity(context, identity);
        },
        noted, manners);
    serve(*https, noted, manners);
    std::unique_ptr<WebServer> server(new WebServer(std::move(https), std::move(own))); // the constructor is private
    if (auto listening = server->listen(manners.besideWindow); !listening)
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
