// The shop of two tenants, as it is and with a manner that lies over it, and the project that looks at it.
#pragma once

#include "checks/access/tenantisolation.h"
#include "tests/checks/access/shopscene.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace cockpit::test {

using namespace cockpit::lab;
using namespace Qt::StringLiterals;

inline bool isRecordRoute(const ShopRouteLine &line)
{
    static const QRegularExpression records(u"^/api/(?:customers|invoices|projects|notes)(?:/\\{id\\}|/lookup)?$"_s);
    return records.match(QString::fromLatin1(line.path)).hasMatch();
}

// The shop with a manner that lies over it.
class BentShop
{
public:
    using Manner = std::function<std::optional<PageReply>(const PageRequest &, BentShop &)>;

    explicit BentShop(Manner manner)
        : m_manner(std::move(manner)),
          m_server([this](const PageRequest &request) { return answer(request); }, {m_shop.apiHost()})
    {
    }

    ShopApi &shop() { return m_shop; }
    NetOptions netOptions() const { return m_server.netOptions(); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_shop.apiHost(), target); }
    bool isReady() const { return m_server.isReady(); }

    // Of requests so far, that one included.
    int askedBy(const PageRequest &request) const { return m_asked.at(request.header("authorization")); }
    int asked() const { return m_all; }
    bool isOf(const PageRequest &request, const QString &tenant) const
    {
        const auto token = m_tenants.find(request.header("authorization"));
        return token != m_tenants.end() && token->second == tenant;
    }
    bool hasSeenForeignDelete = false;

private:
    PageReply answer(const PageRequest &request)
    {
        const std::lock_guard lock(m_mutex);
        ++m_asked[request.header("authorization")];
        ++m_all;
        if (const auto reply = m_manner(request, *this))
            return *reply;
        PageReply reply = m_shop.answer(request);
        if (request.path() == "/api/login" && reply.status == 200)
            learn(request.body, reply.body);
        return reply;
    }

    void learn(const QByteArray &login, const QByteArray &reply)
    {
        const QByteArray token = QJsonDocument::fromJson(reply)["access_token"_L1].toString().toUtf8();
        for (const PracticeAccount &account : m_shop.accounts()) {
            if (login.contains('"' + account.email.toUtf8() + '"'))
                m_tenants["Bearer " + token] = account.tenant;
        }
    }

    std::mutex m_mutex;
    Manner m_manner;
    ShopApi m_shop;
    std::map<QByteArray, int> m_asked;       // by Authorization
    std::map<QByteArray, QString> m_tenants; // by Authorization
    int m_all = 0;
    PageLab m_server;
};

inline PageReply json(int status, const QByteArray &body)
{
    return {.status = status, .contentType = "application/json", .body = body};
}

// What the project knows and the run that asks.
template<typename Lab = ShopLab>
struct ShopScene
{
    explicit ShopScene(Lab &given) : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        facts = factsOf(lab, isRecordRoute);
        facts.actors =
            actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
    }

    // One kind of record tells as much as four.
    void keepCustomers()
    {
        static const QRegularExpression others(u"^/api/(?:invoices|projects|notes)"_s);
        std::erase_if(facts.routes, [](const Route &route) { return others.match(route.path).hasMatch(); });
    }

    Judged judged(AttackRun &run) { return run.run(tenantIsolationCheck(), targetOf({host}), facts); }
    AttackRun newRun(int requests = 400)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.shop()), requests);
    }

    Lab &lab;
    QString host;
    ProjectFacts facts;
};

} // namespace cockpit::test
