// What libcurl is told before the conversation.
#include "checks/net/submission.h"

#include "models/target.h"

#include <sys/socket.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSteps = 6; // greeting, EHLO, TLS, sign-in, envelope, message: each may take an operation's time

QByteArray bracketed(const QString &ip)
{
    return ip.contains(u':') ? '[' + ip.toLatin1() + ']' : ip.toLatin1();
}

// Line ends behind it are no part of it: some programs keep one in the keychain. Nor are blanks around a token.
Secret secretFor(const DeliverySetup &setup, const Secret &password)
{
    if (setup.userIsPassword)
        return Secret(password.reveal().trimmed());
    QByteArray text = password.reveal();
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    return Secret(std::move(text));
}

} // namespace

Submission::Submission(const DeliverySetup &setup, const Secret &password, const QByteArray *message,
                       const std::vector<SocketAddress> &addresses, X509_STORE *roots, const NetOptions &options)
    : m_setup(setup),
      m_password(secretFor(setup, password)),
      m_message(message),
      m_host(normaliseHostName(setup.host).value_or(QString())),
      m_roots(roots),
      m_time(options.operationTimeout * kSteps),
      m_multi(curl_multi_init()),
      m_easy(curl_easy_init())
{
    setTarget(addresses, options);
    setTls();
    setMail();
}

Submission::~Submission()
{
    // Else libcurl ends a message that is half sent as if it were whole, and waits for the answer to that.
    hangUp(SHUT_RDWR);
    curl_multi_remove_handle(m_multi.get(), m_easy.get());
}

void Submission::setTarget(const std::vector<SocketAddress> &addresses, const NetOptions &options)
{
    CURL *const handle = m_easy.get();
    const QByteArray host = m_host.toLatin1();
    const QByteArray port = QByteArray::number(m_setup.port);
    const QByteArray scheme = m_setup.security == SmtpSecurity::Tls ? "smtps" : "smtp";
    // Its path is the name in EHLO: the sender's domain, not that of this computer, which is nobody's business.
    const QString domain = m_setup.from.mid(m_setup.from.lastIndexOf(u'@') + 1);
    const QByteArray name = normaliseHostName(domain).value_or(QString()).toLatin1();
    curl_easy_setopt(handle, CURLOPT_URL, QByteArray(scheme + "://" + host + ':' + port + '/' + name).constData());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, m_curlWords.data());
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(m_time.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.operationTimeout.count()));
    // For the answers to the message and to QUIT libcurl waits in one call, the latter for 120 s and whatever its
    // time-outs say. It asks onProgress meanwhile, if the connection belongs to this transfer and to no other one.
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(options.operationTimeout);
    curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(seconds.count()));
    curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Submission::onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, &Submission::onSocketMade);
    curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, this);
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &Submission::onSocketLeft);
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, this);
    if (addresses.size() == 1) {
        const SocketAddress &to = addresses.front();
        const QByteArray line = "::" + bracketed(to.ip) + ':' + QByteArray::number(to.port);
        m_connectTo.reset(curl_slist_append(nullptr, line.constData()));
        curl_easy_setopt(handle, CURLOPT_CONNECT_TO, m_connectTo.get());
        return;
    }
    QByteArrayList ips;
    for (const SocketAddress &address : addresses)
        ips += bracketed(address.ip);
    m_resolve.reset(curl_slist_append(nullptr, QByteArray(host + ':' + port + ':' + ips.join(',')).constData()));
    curl_easy_setopt(handle, CURLOPT_RESOLVE, m_resolve.get());
}

// Nothing is said in clear: without TLS libcurl ends the conversation before it signs in (RFC 3207 section 6).
void Submission::setTls()
{
    CURL *const handle = m_easy.get();
    curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_CAINFO, nullptr); // the roots are ours
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, &Submission::onTlsContext);
    curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, this);
}

void Submission::setMail()
{
    CURL *const handle = m_easy.get();
    if (needsPassword(m_setup)) {
        const Secret user(m_setup.userIsPassword ? m_password.reveal() : m_setup.user.toUtf8());
        curl_easy_setopt(handle, CURLOPT_USERNAME, user.reveal().constData());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, m_password.reveal().constData());
    }
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Submission::onAnswer);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    if (!m_message) {
        curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L); // up to the end of AUTH
        return;
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, QByteArray('<' + m_setup.from.toLatin1() + '>').constData());
    m_recipients.reset(curl_slist_append(nullptr, QByteArray('<' + m_setup.to.toLatin1() + '>').constData()));
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, m_recipients.get());
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &Submission::onRead);
    curl_easy_setopt(handle, CURLOPT_READDATA, this);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Submission::onAnswer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
}

CURLcode Submission::onTlsContext(CURL *, void *context, void *self)
{
    SSL_CTX_set1_cert_store(static_cast<SSL_CTX *>(context), static_cast<Submission *>(self)->m_roots);
    return CURLE_OK;
}

} // namespace cockpit
