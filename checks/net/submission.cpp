#include "checks/net/submission.h"

#include <QCoreApplication>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MailSubmission)
};

// What one call of libcurl takes at most when it does not wait. When it does, it looks up once a second.
constexpr std::chrono::milliseconds kLongestCall{500};

// What a server says to a user name and a password that it takes (RFC 4954 section 6).
constexpr auto kSignedIn = "235";

} // namespace

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

} // namespace cockpit
