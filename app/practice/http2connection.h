// One visitor of a practice server who speaks HTTP/2 (RFC 9113): many questions at once on one connection, each
// answered when its time has come.
#pragma once

#include "app/practice/webpage.h"
#include "models/result.h"

#include <openssl/ssl.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

struct nghttp2_session;

namespace cockpit {

class Http2Connection
{
public:
    using Answer = std::function<PageReply(const PageRequest &)>;
    using Clock = std::chrono::steady_clock;
    using Now = std::function<Clock::time_point()>;

    struct Times
    {
        std::chrono::milliseconds delay{0}; // added to every answer
        // For a question to arrive whole; none waits as long as the visitor likes.
        std::chrono::milliseconds patience{0};
        Now now = Clock::now; // what all this is measured by; asked in the thread that serves
    };

    // ssl: connected, "h2" agreed on; its socket gives up on reads and writes by itself. Both outlive this.
    Http2Connection(SSL *ssl, Answer answer, Times times);
    ~Http2Connection();
    Q_DISABLE_COPY_MOVE(Http2Connection)

    // Until the visitor leaves, breaks the rules, or isWanted() says no (asked at least every 100 ms). One who asks
    // nothing for `idle` after the last answer is told so, and left after as long again.
    void serve(const std::function<bool()> &isWanted, std::chrono::milliseconds idle);

private:
    struct Stream
    {
        PageRequest request;
        Clock::time_point begun;
        bool isWhole = false; // or given up
        QByteArray body;      // of the answer
        qsizetype sent = 0;
    };
    struct Callbacks; // what nghttp2 calls

    Stream &streamOf(int id); // begins it
    bool flush();             // false when the visitor is gone
    bool hear();              // the same
    void answerDue();
    void giveUpLate();
    void endGently(bool wasNoticed);
    void submit(int stream, const PageReply &reply);
    std::chrono::milliseconds untilNextAnswer() const;

    SSL *const m_ssl;
    const Answer m_answer;
    const Times m_times;
    QByteArray m_peer;
    std::map<int, Stream> m_streams;
    std::multimap<Clock::time_point, int> m_due; // streams that wait for their answer
    std::unique_ptr<nghttp2_session, void (*)(nghttp2_session *)> m_session;
};

} // namespace cockpit
