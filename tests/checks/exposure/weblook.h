// Runs checks against a real server on loopback that answers as a function says.
#pragma once

#include "checks/engine/check.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/sanitized.h"

#include <functional>
#include <mutex>

namespace cockpit::test {

struct WebRequest
{
    QByteArray method;
    QByteArray path; // with its query
    QByteArray head; // all lines
};
using WebAnswer = std::function<QByteArray(const WebRequest &)>;

inline QByteArray page(int status, const QByteArray &type, const QByteArray &body, const QByteArrayList &more = {})
{
    return lab::httpAnswer(status, QByteArrayList{"Content-Type: " + type} + more, body);
}

class WebLook
{
public:
    explicit WebLook(WebAnswer answer, const std::vector<HostRole> &roles = {HostRole::Site},
                     const QString &domain = QStringLiteral("shop.example"))
        : m_server(scriptOf(std::move(answer)), lab::TlsSetup{{identity()}})
    {
        m_target.domain = domain;
        for (const HostRole role : roles) {
            const QString name = role == HostRole::Site ? m_target.domain : toWord(role) + u'.' + m_target.domain;
            m_target.hosts.push_back({role, name, kHttpsPort});
        }
        restart();
    }

    // Forgets all answers.
    void restart(std::chrono::milliseconds timeout = std::chrono::milliseconds(5000))
    {
        NetOptions options;
        options.connects = {{QString(), 0, {QStringLiteral("127.0.0.1"), m_server.port()}}};
        options.operationTimeout = timeout;
        m_seen = std::make_unique<Observations>(
            options, m_token, Deadline::in(std::chrono::seconds(60 * lab::kSlowdown)), nullptr, passiveBudget(10));
    }

    // An answer that is there before it is asked for, until the next restart.
    template<typename Q>
    void put(const Q &question, Result<typename Q::Answer> known)
    {
        m_seen->put(question, std::move(known));
    }

    Judged run(const Check &check, size_t host = 0)
    {
        const bool isForHost = check.scope == Scope::EachHost;
        return check.look({.seen = *m_seen,
                           .target = m_target,
                           .host = isForHost ? &m_target.hosts.at(host) : nullptr,
                           .policy = m_policy,
                           .facts = facts,
                           .startedAt = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC)});
    }

    CancelToken token() const { return m_token; }
    std::vector<WebRequest> requests() const
    {
        const std::lock_guard guard(m_mutex);
        return m_requests;
    }

    ProjectFacts facts;

private:
    static const lab::Identity &identity()
    {
        static const lab::Identity made = lab::makeSelfSigned({.names = {QStringLiteral("shop.example")}});
        return made;
    }

    // A body is read to its end, so that the next request on the connection begins where it should.
    lab::Script scriptOf(WebAnswer answer)
    {
        return [this, answer = std::move(answer)](lab::Connection &connection) {
            while (true) {
                const QByteArray head = connection.readRequest();
                if (head.isEmpty())
                    return;
                readBody(connection, head);
                const QByteArrayList words = head.split('\n').front().split(' ');
                const WebRequest request{words.value(0), words.value(1), head};
                {
                    const std::lock_guard guard(m_mutex);
                    m_requests.push_back(request);
                }
                const QByteArray bytes = answer(request);
                if (bytes.isEmpty())
                    return connection.hang();
                if (!connection.write(bytes))
                    return;
            }
        };
    }

    static void readBody(lab::Connection &connection, const QByteArray &head)
    {
        const qsizetype at = head.toLower().indexOf("content-length:");
        qsizetype left = at < 0 ? 0 : head.sliced(at + 15).split('\r').front().trimmed().toInt();
        while (left > 0) {
            const QByteArray some = connection.readSome();
            if (some.isEmpty())
                return;
            left -= some.size();
        }
    }

    mutable std::mutex m_mutex;
    std::vector<WebRequest> m_requests;
    CancelToken m_token;
    Target m_target;
    Policy m_policy;
    std::unique_ptr<Observations> m_seen;
    lab::HostileServer m_server; // last: its threads write into the members above
};

} // namespace cockpit::test
