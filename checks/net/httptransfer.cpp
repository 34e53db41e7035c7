#include "checks/net/httptransfer.h"

#include "checks/net/certificate.h"
#include "checks/net/ownmarks.h"
#include "checks/net/requesttarget.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

curl_slist *appended(curl_slist *list, const QByteArray &line)
{
    return curl_slist_append(list, line.constData());
}

QByteArray bracketed(const QString &ip)
{
    return ip.contains(u':') ? '[' + ip.toLatin1() + ']' : ip.toLatin1();
}

bool isGiven(const std::vector<Header> &headers, QByteArrayView name)
{
    return std::ranges::any_of(
        headers, [name](const Header &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
}

// libcurl adds these for a body; a line without a value takes them away.
curl_slist *withoutAdditions(curl_slist *lines, const std::vector<Header> &headers)
{
    for (const char *name : {"Content-Type", "Expect"}) {
        if (!isGiven(headers, name))
            lines = appended(lines, QByteArray(name) + ':');
    }
    return lines;
}

std::chrono::microseconds timeOf(CURL *handle, CURLINFO what)
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(handle, what, &microseconds);
    return std::chrono::microseconds(microseconds);
}

long madeConnections(CURL *handle)
{
    long count = 0;
    curl_easy_getinfo(handle, CURLINFO_NUM_CONNECTS, &count);
    return count;
}

HttpTimings timingsOf(CURL *handle)
{
    const auto resolved = timeOf(handle, CURLINFO_NAMELOOKUP_TIME_T);
    const auto connected = timeOf(handle, CURLINFO_CONNECT_TIME_T);
    const auto secured = timeOf(handle, CURLINFO_APPCONNECT_TIME_T);
    const auto none = std::chrono::microseconds(0);
    return {.connect = std::max(connected - resolved, none),
            .tls = std::max(secured - connected, none), // zero for plain HTTP and for a connection used again
            .firstByte = timeOf(handle, CURLINFO_STARTTRANSFER_TIME_T) - timeOf(handle, CURLINFO_PRETRANSFER_TIME_T),
            .total = timeOf(handle, CURLINFO_TOTAL_TIME_T),
            .onKeptConnection = madeConnections(handle) == 0};
}

} // namespace

HttpTransfer::HttpTransfer(const HttpGet &question, std::vector<SocketAddress> addresses, X509_STORE *roots,
                           const Sending &sending)
    : m_question(question),
      m_addresses(std::move(addresses)),
      m_roots(roots),
      m_sending(sending),
      m_host(hostOf(question.url)),
      m_port(portOf(question.url)),
      m_handle(curl_easy_init())
{
}

HttpTransfer::~HttpTransfer() = default;

void HttpTransfer::prepare(const TransferLimits &limits)
{
    m_limits = limits;
    CURL *const handle = m_handle.get();
    curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, m_curlWords.data());
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    const auto timeout = std::max(std::min(limits.operation, limits.left), std::chrono::milliseconds(1));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    setTarget();
    setRequest();
    setTls();
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &HttpTransfer::onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &HttpTransfer::onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
}

void HttpTransfer::setTarget()
{
    CURL *const handle = m_handle.get();
    const QByteArray url = m_question.url.toEncoded(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    curl_easy_setopt(handle, CURLOPT_URL, url.constData());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);     // "/../" is a question of its own
    if (const auto target = targetIn(m_question.headers)) // not for a proxy: none is used
        curl_easy_setopt(handle, CURLOPT_REQUEST_TARGET, target->constData());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_PROXY, ""); // not even from the environment
    if (m_addresses.size() == 1) {
        const SocketAddress &to = m_addresses.front();
        m_connectTo.reset(appended(nullptr, "::" + bracketed(to.ip) + ':' + QByteArray::number(to.port)));
        curl_easy_setopt(handle, CURLOPT_CONNECT_TO, m_connectTo.get());
        return;
    }
    // Several addresses: libcurl tries both families side by side (RFC 8305) and the next one when one fails.
    QByteArrayList ips;
    for (const SocketAddress &address : m_addresses)
        ips += bracketed(address.ip);
    m_resolve.reset(appended(nullptr, m_host.toLatin1() + ':' + QByteArray::number(m_port) + ':' + ips.join(',')));
    curl_easy_setopt(handle, CURLOPT_RESOLVE, m_resolve.get());
}

void HttpTransfer::setRequest()
{
    CURL *const handle = m_handle.get();
    setBody();
    setMethod();
    curl_slist *lines = appended(nullptr, kMark);
    if (m_sending.exactly)
        lines = withoutAdditions(lines, m_question.headers);
    for (const Header &header : m_question.headers) {
        if (header.name == kTargetField) // went into the request line
            continue;
        // libcurl sends an empty header only when a semicolon stands for the colon.
        lines = appended(lines, header.value.isEmpty() ? header.name + ';' : header.name + ": " + header.value);
    }
    m_requestHeaders.reset(lines);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, m_requestHeaders.get());
    curl_easy_setopt(handle, CURLOPT_USERAGENT, kUserAgent.constData());
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    // Wait for a connection to tell whether it can carry many at once.
    curl_easy_setopt(handle, CURLOPT_PIPEWAIT, m_sending.besideOthers ? 0L : 1L);
    if (m_sending.exactly || m_sending.once)
        setExactness();
}

void HttpTransfer::setMethod()
{
    CURL *const handle = m_handle.get();
    if (m_question.method == "HEAD")
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    else if (m_question.method != "GET" || m_sending.exactly)
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, m_question.method.constData());
}

// An answer to HEAD has no body, and libcurl then sends none either.
void HttpTransfer::setBody()
{
    CURL *const handle = m_handle.get();
    const QByteArray &body = m_question.body;
    // Without a Content-Length of zero some servers wait for a body or answer 411 (RFC 9110 section 8.6).
    const bool saysEmpty = m_sending.exactly &&
                           (m_question.method == "POST" || m_question.method == "PUT" || m_question.method == "PATCH");
    if ((body.isEmpty() && !saysEmpty) || m_question.method == "HEAD")
        return;
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    if (body.isEmpty() || m_sending.pace == BodyPace()) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.constData()); // not copied: the question lives on
        return;
    }
    m_source.emplace(body, m_sending.pace);
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &BodySource::onRead);
    curl_easy_setopt(handle, CURLOPT_READDATA, &*m_source);
}

void HttpTransfer::setExactness()
{
    CURL *const handle = m_handle.get();
    curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, &HttpTransfer::onRequest);
    curl_easy_setopt(handle, CURLOPT_PREREQDATA, this);
    if (m_sending.ownConnection) {
        curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    }
}

int HttpTransfer::onRequest(void *self, char *, char *, int, int)
{
    return ++static_cast<HttpTransfer *>(self)->m_requestsMade == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

// The certificate is judged in judgeCertificate() and enforced only for what carries a secret; the roots are ours, so
// libcurl need not read its.
void HttpTransfer::setTls()
{
    CURL *const handle = m_handle.get();
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, m_question.trustedOnly ? 1L : 0L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, m_question.trustedOnly ? 2L : 0L);
    curl_easy_setopt(handle, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, &HttpTransfer::onTlsContext);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, this);
}

CURLcode HttpTransfer::onTlsContext(CURL *, void *context, void *self)
{
    const auto *transfer = static_cast<HttpTransfer *>(self);
    SSL_CTX_set1_cert_store(static_cast<SSL_CTX *>(context), transfer->m_roots);
    // Servers without RFC 5746 are looked at as browsers do, but no secret is sent where somebody could put words in
    // front of it. tls.protocols tells of them.
    if (!transfer->m_question.trustedOnly)
        SSL_CTX_set_options(static_cast<SSL_CTX *>(context), SSL_OP_LEGACY_SERVER_CONNECT);
    return CURLE_OK;
}

size_t HttpTransfer::onHeader(char *bytes, size_t one, size_t size, void *self)
{
    auto *transfer = static_cast<HttpTransfer *>(self);
    if (transfer->m_trust == CertificateTrust::NotTls)
        transfer->judgeCertificate();
    const QByteArrayView line(bytes, static_cast<qsizetype>(one * size));
    return transfer->m_head.take(line) ? one * size : 0;
}

size_t HttpTransfer::onBody(char *bytes, size_t one, size_t size, void *self)
{
    const QByteArrayView part(bytes, static_cast<qsizetype>(one * size));
    return static_cast<HttpTransfer *>(self)->takeBody(part) ? one * size : 0;
}

// The bytes come decoded in small pieces, so that the cap also stops a compression bomb.
bool HttpTransfer::takeBody(QByteArrayView bytes)
{
    const qint64 room = m_question.bodyCap - m_body.size();
    m_bodyTruncated = bytes.size() > room;
    m_body += bytes.first(std::min<qint64>(bytes.size(), room));
    return !m_bodyTruncated;
}

// Asked of the connection itself: libcurl's own verify result is that of the handshake that this transfer made, and
// says "fine" when it used a connection again.
void HttpTransfer::judgeCertificate()
{
    const curl_tlssessioninfo *session = nullptr;
    curl_easy_getinfo(m_handle.get(), CURLINFO_TLS_SSL_PTR, &session);
    if (!session || session->backend != CURLSSLBACKEND_OPENSSL || !session->internals)
        return;
    const SSL *ssl = static_cast<SSL *>(session->internals);
    m_trust = CertificateTrust::Untrusted;
    X509 *leaf = SSL_get0_peer_certificate(ssl);
    if (const long verdict = SSL_get_verify_result(ssl); verdict != X509_V_OK)
        m_trustProblem = QString::fromLatin1(X509_verify_cert_error_string(verdict));
    else if (!leaf || !coversHost(readCertificate(leaf), m_host))
        m_trustProblem = Text::tr("the certificate does not cover %1").arg(m_host);
    else
        m_trust = CertificateTrust::Trusted;
}

bool HttpTransfer::hasConnected() const
{
    return timeOf(m_handle.get(), CURLINFO_CONNECT_TIME_T).count() > 0;
}

bool HttpTransfer::hasOpened() const
{
    const bool isTls = m_question.url.scheme() == "https"_L1;
    return isTls ? timeOf(m_handle.get(), CURLINFO_APPCONNECT_TIME_T).count() > 0 : hasConnected();
}

Result<HttpResponse> HttpTransfer::finish(CURLcode code)
{
    const bool stoppedByUs = code == CURLE_WRITE_ERROR && m_bodyTruncated;
    if (code != CURLE_OK && !stoppedByUs)
        return tl::unexpected<Error>(errorFor(code));
    if (m_head.status() == 0 || !m_head.isComplete())
        return tl::unexpected<Error>(errorFor(CURLE_WEIRD_SERVER_REPLY));
    return response();
}

HttpResponse HttpTransfer::response()
{
    CURL *const handle = m_handle.get();
    char *ip = nullptr;
    long port = 0;
    curl_easy_getinfo(handle, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(handle, CURLINFO_PRIMARY_PORT, &port);
    return {.url = m_question.url,
            .status = m_head.status(),
            .version = m_head.version(),
            .headers = m_head.headers(),
            .body = std::move(m_body),
            .bodyTruncated = m_bodyTruncated,
            .trust = m_trust,
            .trustProblem = m_trustProblem,
            .peer = {QString::fromLatin1(ip), static_cast<std::uint16_t>(port)},
            .timings = timingsOf(handle)};
}

} // namespace cockpit
