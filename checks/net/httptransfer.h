// One exchange on a libcurl easy handle: what is sent, what is taken in, and how the end is read.
#pragma once

#include "checks/net/bodysource.h"
#include "checks/net/httpclient.h"
#include "checks/net/httpheaders.h"
#include "checks/net/opensslhandles.h"

#include <curl/curl.h>

#include <array>

namespace cockpit {

struct TransferLimits
{
    std::chrono::milliseconds operation{0}; // what the user allows for one exchange
    std::chrono::milliseconds left{0};      // what the run has left for it
};

// How a request is sent, beyond what it says: for those that may change something (checks/actors/wire.h).
struct Sending
{
    // The method and the headers as they are given, with nothing added for a body; and once.
    bool exactly = false;
    // Never sent twice, as libcurl does when a kept connection ends without an answer: it fails then, and
    // wouldBeSentAgain() tells.
    bool once = false;
    bool ownConnection = false; // none that was kept, and none to keep
    bool besideOthers = false;  // not to wait whether a connection can carry many
    BodyPace pace = {};

    bool operator==(const Sending &) const = default;
};

// Lives on one worker, at one place in memory (libcurl keeps pointers to it).
class HttpTransfer
{
public:
    HttpTransfer(const HttpGet &question, std::vector<SocketAddress> addresses, X509_STORE *roots,
                 const Sending &sending = {});
    Q_DISABLE_COPY_MOVE(HttpTransfer)
    ~HttpTransfer();

    // Before the handle is given to a multi handle: the time starts to run.
    void prepare(const TransferLimits &limits);
    // The body that is sent in pieces; null where it goes out as one.
    BodySource *pacedBody() { return m_source ? &*m_source : nullptr; }
    const BodySource *pacedBody() const { return m_source ? &*m_source : nullptr; }
    CURL *handle() const { return m_handle.get(); }

    // What became of it, once libcurl is done with the handle.
    [[nodiscard]] Result<HttpResponse> finish(CURLcode code);
    // A TCP connection was made.
    bool hasConnected() const;
    // And TLS was agreed upon, where the address asks for it: what fails now is the answer.
    bool hasOpened() const;
    bool wouldBeSentAgain() const { return m_requestsMade > 1; }

private:
    using Easy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
    using List = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;

    void setTarget();
    void setRequest();
    void setMethod();
    void setBody();
    void setExactness();
    void setTls();
    static int onRequest(void *self, char *, char *, int, int);
    static size_t onHeader(char *bytes, size_t one, size_t size, void *self);
    static size_t onBody(char *bytes, size_t one, size_t size, void *self);
    static CURLcode onTlsContext(CURL *handle, void *context, void *self);
    void judgeCertificate();
    bool takeBody(QByteArrayView bytes);
    HttpResponse response();
    Error errorFor(CURLcode code) const;
    bool isFlood(CURLcode code) const;
    bool hasNoRoute() const;
    QString tried() const;

    const HttpGet m_question;
    const std::vector<SocketAddress> m_addresses;
    X509_STORE *const m_roots;
    const Sending m_sending;
    const QString m_host;
    const int m_port;
    Easy m_handle;
    List m_requestHeaders;
    List m_resolve;
    List m_connectTo;
    TransferLimits m_limits;
    std::optional<BodySource> m_source;
    int m_requestsMade = 0;
    HeaderCollector m_head;
    QByteArray m_body;
    bool m_bodyTruncated = false;
    CertificateTrust m_trust = CertificateTrust::NotTls;
    QString m_trustProblem;
    std::array<char, CURL_ERROR_SIZE> m_curlWords{};
};

} // namespace cockpit
