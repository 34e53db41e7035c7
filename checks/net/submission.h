// One conversation with a mail server for submission, held by libcurl: set up, led to its end, and put into words.
// Internal to the folder.
#pragma once

#include "checks/net/httpclient.h"
#include "checks/net/opensslhandles.h"
#include "models/delivery.h"
#include "models/secret.h"

#include <QElapsedTimer>

#include <curl/curl.h>

#include <array>
#include <memory>
#include <vector>

namespace cockpit {

class Submission
{
public:
    // message: null to sign in alone; then nothing is said about a message. What is pointed to outlives this.
    Submission(const DeliverySetup &setup, const Secret &password, const QByteArray *message,
               const std::vector<SocketAddress> &addresses, X509_STORE *roots, const NetOptions &options);
    Q_DISABLE_COPY_MOVE(Submission)
    ~Submission();

    // As submitMail() and signInToSubmission(). Blocks.
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

    // All that a server may say in one delivery. Thirty lines are many; only one that does not end says more.
    static constexpr qsizetype kMostWords = 16384;
    static constexpr int kLongestAnswer = 500;

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

} // namespace cockpit
