#include "checks/net/mailsubmission.h"

#include "checks/net/httpclient.h"
#include "checks/net/libcurl.h"
#include "checks/net/opensslhandles.h"
#include "checks/net/trustroots.h"
#include "models/redactor.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MailSubmission)
};

constexpr int kSteps = 6; // greeting, EHLO, TLS, sign-in, envelope, message: each may take an operation's time
constexpr int kLongestAnswer = 500;
// All that a server may say in one delivery. Thirty lines are many; only one that does not end says more.
constexpr qsizetype kMostWords = 16384;
// What one call of libcurl takes at most when it does not wait. When it does, it looks up once a second.
constexpr std::chrono::milliseconds kLongestCall{500};

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

// What a server says to a user name and a password that it takes (RFC 4954 section 6).
constexpr auto kSignedIn = "235";

class Submission
{
public:
    // message: null to sign in alone; then nothing is said about a message.
    Submission(const DeliverySetup &setup, const Secret &password, const QByteArray *message,
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
    Q_DISABLE_COPY_MOVE(Submission)
    ~Submission()
    {
        // Else libcurl ends a message that is half sent as if it were whole, and waits for the answer to that.
        hangUp(SHUT_RDWR);
        curl_multi_remove_handle(m_multi.get(), m_easy.get());
    }

    Result<QString> run(const CancelToken &token, Deadline deadline);

private:
    void setTarget(const std::vector<SocketAddress> &addresses, const NetOptions &options);
    void setTls();
    void setMail();
    Result<QString> ended(CURLcode code) const;
    Error errorFor(CURLcode code) const;
    Error refusal() const;
    Error withoutWayIn() const;
    void endMessage();
    bool isInDoubt() const;
    bool hearLine(const QByteArray &line);
    bool shouldStop() const;
    void hangUp(int how) const;
    static int onSocketMade(void *self, curl_socket_t socket, curlsocktype);
    static int onSocketLeft(void *self, curl_socket_t socket);
    static int onProgress(void *self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
    static size_t onAnswer(char *bytes, size_t one, size_t size, void *self);
    static size_t onRead(char *place, size_t one, size_t size, void *self);
    static CURLcode onTlsContext(CURL *handle, void *context, void *self);

    using List = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;

    const DeliverySetup &m_setup;
    const Secret m_password; // as it is sent
    const QByteArray *const m_message;
    const QString m_host; // A-labels
    X509_STORE *const m_roots;
    const std::chrono::milliseconds m_time;
    std::vector<curl_socket_t> m_sockets; // before what closes them
    std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>> m_multi;
    std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>> m_easy;
    List m_connectTo;
    List m_resolve;
    List m_recipients;
    CancelToken m_token;
    Deadline m_deadline = Deadline::never();
    QElapsedTimer m_call; // of libcurl
    qsizetype m_read = 0;
    bool m_isSentWhole = false; // what comes next is its end, and the server may take it
    qsizetype m_heard = 0;      // bytes
    QByteArray m_answer;        // the server's last line; once the message is taken, what it said to that
    bool m_isTaken = false;     // the server has taken the message
    bool m_isSignedIn = false;  // it has taken the user name and the password
    std::array<char, CURL_ERROR_SIZE> m_curlWords{};
};

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

// False when there is no end to what the server says.
bool Submission::hearLine(const QByteArray &line)
{
    m_heard += line.size();
    if (m_heard > kMostWords)
        return false;
    // What it says to QUIT, which libcurl sends before it tells how the transfer ended, is no answer to the message.
    if (m_isTaken || line.trimmed().isEmpty() || line.startsWith("221"))
        return true;
    m_answer = line.trimmed().left(kLongestAnswer);
    m_isSignedIn = m_isSignedIn || m_answer.startsWith(kSignedIn);
    m_isTaken = m_isSentWhole && (m_answer == "250" || m_answer.startsWith("250 "));
    if (m_isTaken)
        hangUp(SHUT_RD); // QUIT goes out, and nobody waits for what is said to it
    return true;
}

// What is heard from now on is the answer to it.
void Submission::endMessage()
{
    m_isSentWhole = true;
    m_answer.clear();
}

// The server may have taken the message, and has not said so. A refusal is plain (RFC 5321 section 4.2.5).
bool Submission::isInDoubt() const
{
    return m_isSentWhole && !m_isTaken && !m_answer.startsWith('4') && !m_answer.startsWith('5');
}

bool Submission::shouldStop() const
{
    return m_isTaken || m_token.isCancelled() || m_deadline.hasPassed();
}

void Submission::hangUp(int how) const
{
    for (const curl_socket_t socket : m_sockets)
        ::shutdown(socket, how);
}

int Submission::onSocketMade(void *self, curl_socket_t socket, curlsocktype)
{
    static_cast<Submission *>(self)->m_sockets.push_back(socket);
    return CURL_SOCKOPT_OK;
}

int Submission::onSocketLeft(void *self, curl_socket_t socket)
{
    std::erase(static_cast<Submission *>(self)->m_sockets, socket);
    return ::close(socket);
}

// Only to end a long wait: what stops between two calls needs no QUIT, which libcurl says when it is stopped here.
int Submission::onProgress(void *self, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    const auto *submission = static_cast<Submission *>(self);
    if (!submission->m_call.hasExpired(kLongestCall.count()) || !submission->shouldStop())
        return 0;
    submission->hangUp(SHUT_RDWR);
    return 1;
}

size_t Submission::onAnswer(char *bytes, size_t one, size_t size, void *self)
{
    const QByteArray line(bytes, static_cast<qsizetype>(one) * static_cast<qsizetype>(size));
    return static_cast<Submission *>(self)->hearLine(line) ? one * size : 0;
}

size_t Submission::onRead(char *place, size_t one, size_t size, void *self)
{
    auto *submission = static_cast<Submission *>(self);
    const QByteArray &message = *submission->m_message;
    const auto room = static_cast<qsizetype>(one) * static_cast<qsizetype>(size);
    const qsizetype length = std::min(room, message.size() - submission->m_read);
    std::memcpy(place, message.constData() + submission->m_read, static_cast<size_t>(length));
    submission->m_read += length;
    if (length == 0)
        submission->endMessage();
    return static_cast<size_t>(length);
}

Result<QString> Submission::run(const CancelToken &token, Deadline deadline)
{
    m_token = token;
    m_deadline = deadline;
    curl_multi_add_handle(m_multi.get(), m_easy.get());
    while (!shouldStop()) {
        m_call.start();
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        int left = 0;
        const CURLMsg *news = curl_multi_info_read(m_multi.get(), &left);
        if (m_isTaken)
            return ended(CURLE_OK);
        if (news && news->msg == CURLMSG_DONE && news->data.result != CURLE_ABORTED_BY_CALLBACK)
            return ended(news->data.result);
        curl_multi_poll(m_multi.get(), nullptr, 0, static_cast<int>(kLongestBlindWait.count()), nullptr);
    }
    if (isInDoubt())
        return QString();
    if (token.isCancelled())
        return failure(ErrorKind::Cancelled, m_message ? Text::tr("Stopped before the message was sent.")
                                                       : Text::tr("Stopped before the server had answered."));
    return tl::unexpected(errorFor(CURLE_OPERATION_TIMEDOUT));
}

Result<QString> Submission::ended(CURLcode code) const
{
    if (isInDoubt())
        return QString();
    if (code != CURLE_OK)
        return tl::unexpected(errorFor(code));
    if (!m_message && !m_isSignedIn)
        return tl::unexpected(withoutWayIn());
    return plainText(redact(QString::fromUtf8(m_answer), {m_password}), kLongestAnswer);
}

// What the server refused, by the code that it answered with (RFC 5321 section 4.2, RFC 4954 section 6).
Error Submission::refusal() const
{
    const QString said = plainText(redact(QString::fromUtf8(m_answer), {m_password}), kLongestAnswer);
    if (!m_message) // before it was asked about the password: nothing is known of that
        return {ErrorKind::Protocol, Text::tr("%1 would not go on. It said: %2").arg(m_setup.host, said), said};
    return {ErrorKind::NotPermitted,
            Text::tr("%1 did not take the message from %2 to %3. It said: %4")
                .arg(m_setup.host, m_setup.from, m_setup.to, said),
            said};
}

Error Submission::withoutWayIn() const
{
    return {ErrorKind::Unsupported, Text::tr("%1 takes no password on port %2 in a way that this program knows, so "
                                             "none was given, and nothing can be said about it.")
                                        .arg(m_setup.host, QString::number(m_setup.port))};
}

Error Submission::errorFor(CURLcode code) const
{
    const QString words = QString::fromLocal8Bit(m_curlWords[0] ? m_curlWords.data() : curl_easy_strerror(code));
    const QString detail = redact(words, {m_password});
    const QString host = m_setup.host;
    const QString port = QString::number(m_setup.port);
    if (m_heard > kMostWords)
        return {ErrorKind::TooLarge, Text::tr("%1 sent an answer on port %2 that does not end.").arg(host, port),
                detail};
    switch (static_cast<int>(code)) {
    case CURLE_LOGIN_DENIED:
        if (m_answer.startsWith('4')) // for now alone (RFC 4954 section 6, 454): no word on the password
            return {ErrorKind::Unreachable, Text::tr("%1 cannot check a password at the moment.").arg(host), detail};
        if (m_answer.startsWith("250")) // to EHLO: none of its ways to sign in is one of libcurl's; nothing was asked
            return withoutWayIn();
        return {
            ErrorKind::NotPermitted,
            Text::tr("%1 refused the user name or the password. Some providers want an app password here.").arg(host),
            detail};
    case CURLE_USE_SSL_FAILED:
        return {ErrorKind::Protocol,
                Text::tr("%1 offers no encryption on port %2, so nothing was sent and no password was given.")
                    .arg(host, port),
                detail};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorKind::Protocol,
                Text::tr("The certificate of %1 cannot be trusted, so nothing was sent and no password was given.")
                    .arg(host),
                detail};
    case CURLE_SSL_CONNECT_ERROR:
        return {
            ErrorKind::Protocol,
            Text::tr("No encrypted connection to %1 on port %2. If the port is 587, choose STARTTLS.").arg(host, port),
            detail};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorKind::TimedOut, Text::tr("%1 did not answer in time on port %2.").arg(host, port), detail};
    case CURLE_COULDNT_CONNECT:
        return {ErrorKind::Unreachable, Text::tr("%1 cannot be reached on port %2.").arg(host, port), detail};
    default: // libcurl's list is longer and grows: all the rest is a refusal, or a conversation that is not SMTP
        if (m_answer.startsWith('4') || m_answer.startsWith('5'))
            return refusal();
        return {ErrorKind::Protocol, Text::tr("%1 on port %2 does not speak SMTP as it should.").arg(host, port),
                detail};
    }
}

Result<QString> talk(const DeliverySetup &setup, const Secret &password, const QByteArray *message, Observations &seen)
{
    if (const QString missing = whatIsMissing(setup); !missing.isEmpty())
        return failure(ErrorKind::BadInput, missing);
    const auto roots = seen.ask(TrustRoots{seen.options().caFile});
    if (!*roots)
        return tl::unexpected(roots->error());
    const auto addresses = seen.ask(HostAddresses{normaliseHostName(setup.host).value_or(QString()), setup.port});
    if (!*addresses)
        return tl::unexpected(addresses->error());
    startLibcurlOnce();
    Submission submission(setup, password, message, **addresses, (*roots)->get(), seen.options());
    return submission.run(seen.token(), seen.deadline());
}

} // namespace

Result<QString> submitMail(const DeliverySetup &setup, const Secret &password, const QByteArray &message,
                           Observations &seen)
{
    return talk(setup, password, &message, seen);
}

Result<QString> signInToSubmission(const DeliverySetup &setup, const Secret &password, Observations &seen)
{
    return talk(setup, password, nullptr, seen);
}

} // namespace cockpit
