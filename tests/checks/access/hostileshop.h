// The shop behind a server that misbehaves: whoever signs in is let in, and what comes then says nothing. Alone on a
// free port of loopback; one of these is enough for a test program.
#pragma once

#include "tests/lab/shoplab.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

namespace cockpit::lab {

struct Hostility
{
    int status = 0; // of every answer but those of the sign-in; 0: the shop's own answers
    QByteArray body = {};
    int limitAfter = -1;                   // 429 from then on
    int logOutAfter = -1;                  // 401 from then on, also to who asks who it is
    bool changesIds = false;               // each number under "id" is another one in each answer
    std::chrono::milliseconds slowness{0}; // before each answer but those of the sign-in
};

class HostileShop
{
public:
    explicit HostileShop(const ShopSetup &setup = {})
        : m_shop(setup), m_server([this](const PageRequest &request) { return answer(request); }, {m_shop.apiHost()})
    {
    }

    bool isReady() const { return m_server.isReady(); }
    QString problem() const { return m_server.problem(); }
    ShopApi &shop() { return m_shop; }
    NetOptions netOptions(NetOptions base = {}) const { return m_server.netOptions(std::move(base)); }
    void become(const Hostility &hostility)
    {
        const std::lock_guard lock(m_lock);
        m_hostility = hostility;
        m_count = 0;
        m_shop.reset();
    }

private:
    PageReply answer(const PageRequest &request)
    {
        Hostility now;
        {
            const std::lock_guard lock(m_lock);
            now = m_hostility;
        }
        const int count = ++m_count;
        const bool isSignIn = request.path() == "/api/login" || request.path() == "/api/me";
        if (now.logOutAfter >= 0 && count > now.logOutAfter)
            return {.status = 401, .contentType = "application/json", .body = R"({"error":"signed_out"})"};
        if (now.limitAfter >= 0 && count > now.limitAfter)
            return {.status = 429, .contentType = "text/plain", .body = "slow down"};
        if (isSignIn)
            return m_shop.answer(request);
        std::this_thread::sleep_for(now.slowness);
        if (now.status == 0)
            return now.changesIds ? withOtherIds(m_shop.answer(request)) : m_shop.answer(request);
        PageReply reply{.status = now.status, .contentType = "application/json", .body = now.body};
        if (now.status == 302)
            reply.add("Location", "/login");
        return reply;
    }

    PageReply withOtherIds(PageReply reply)
    {
        static const QRegularExpression number(QStringLiteral("\"id\":\\s*\\d+"));
        QString text = QString::fromUtf8(reply.body);
        if (reply.contentType.startsWith("application/json"))
            reply.body = text.replace(number, QStringLiteral("\"id\":%1").arg(1000 + 7 * m_count)).toUtf8();
        return reply;
    }

    ShopApi m_shop;
    std::mutex m_lock;
    Hostility m_hostility;
    std::atomic<int> m_count = 0;
    PageLab m_server;
};

// Rows for a test function with the column "hostility".
inline void addHostilities()
{
    QTest::addColumn<Hostility>("hostility");
    QTest::newRow("always 200") << Hostility{.status = 200, .body = R"({"ok":true,"id":17})"};
    QTest::newRow("always 403") << Hostility{.status = 403, .body = R"({"error":"no"})"};
    QTest::newRow("always to the login") << Hostility{.status = 302};
    QTest::newRow("too many requests") << Hostility{.status = 429, .body = "slow down"};
    QTest::newRow("too many later") << Hostility{.limitAfter = 25};
    QTest::newRow("logs out") << Hostility{.logOutAfter = 25};
    QTest::newRow("changes ids") << Hostility{.changesIds = true};
    QTest::newRow("broken") << Hostility{.status = 500, .body = "oops"};
    QTest::newRow("garbage") << Hostility{.status = 200, .body = QByteArray("\x00\xff{[", 4)};
    QTest::newRow("slow") << Hostility{.slowness = std::chrono::milliseconds(250)}; // longer than the client waits
}

} // namespace cockpit::lab

Q_DECLARE_METATYPE(cockpit::lab::Hostility)
