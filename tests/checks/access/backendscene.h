// A page that uses the backend service of the practice company, and Google's hosts led to it as well.
#pragma once

#include "checks/access/unauthenticated.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

inline const QByteArray kAppHost = "app.harbor-ledger.example";
inline const QByteArray kDomain = "harbor-ledger.example";
inline const QByteArray kBackendHost = "backend.harbor-ledger.example";

inline QString told(const Judged &judged)
{
    return test::said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed["backends"_L1].toArray()).toJson(QJsonDocument::Compact));
}

inline QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

class BackendScene
{
protected:
    PageReply answer(const PageRequest &request)
    {
        if (request.host() == kAppHost && request.path() == "/api/private")
            return {.status = 401, .contentType = "application/json", .body = R"({"error":"sign in"})"};
        if (request.host() == kAppHost)
            return {.body = "<html><body><div id=root></div><script>" + m_code + "</script></body></html>"};
        ++m_asked;
        if (request.path().contains(m_slowPath)) {
            ++m_slowed;
            std::this_thread::sleep_for(m_slowness.load());
        }
        if (const auto bent = m_bend ? m_bend(request) : std::nullopt)
            return *bent;
        if (m_hostile.status == 0)
            return m_backend.answer(request);
        PageReply reply{.status = m_hostile.status, .contentType = m_hostile.type, .body = m_hostile.body};
        if (m_hostile.status == 302)
            reply.add("Location", "/login");
        if (m_hostile.hasRange)
            reply.add("Content-Range", "0-0/7");
        return reply;
    }

    QByteArray wholeCode()
    {
        return m_backend.bundleLine("https://" + kBackendHost) +
               "db.storage.from(\"contracts\").list();db.rpc(\"yearly_totals\");db.functions.invoke(\"send-report\");"
               "initializeApp({apiKey:\"" +
               m_backend.firebaseKey() +
               "\",projectId:\"ledger\",databaseURL:\"https://ledger-default-rtdb.firebaseio.com\","
               "storageBucket:\"ledger.appspot.com\"});getDocs(collection(fs,\"members\"));";
    }

    // As nobody permitted more than reading.
    Judged judged(const CancelToken &token = {}, const QStringList &hosts = {QString::fromLatin1(kAppHost)},
                  const ProjectFacts &facts = {})
    {
        Observations seen(m_server.netOptions(), token, Deadline::in(std::chrono::seconds(60)), nullptr,
                          passiveBudget(10));
        const Target target = targetOf(hosts);
        const Policy policy;
        return unauthenticatedCheck().look({.seen = seen,
                                            .target = target,
                                            .policy = policy,
                                            .facts = facts,
                                            .startedAt = QDateTime::currentDateTimeUtc()});
    }

    struct Hostile
    {
        int status = 0;
        QByteArray type = "application/json";
        QByteArray body = {};
        bool hasRange = false;
    };

    BackendService m_backend{BackendSetup{.host = kBackendHost}};
    QByteArray m_code = wholeCode();
    Hostile m_hostile;
    // What the service is asked, and what it answers in another way; set while nobody asks.
    std::function<std::optional<PageReply>(const PageRequest &)> m_bend;
    std::atomic<int> m_asked = 0; // of the service
    std::atomic<int> m_slowed = 0;
    QByteArray m_slowPath = {}; // what the slowness is of; empty: of everything
    std::atomic<std::chrono::milliseconds> m_slowness{std::chrono::milliseconds(0)};
    PageLab m_server{
        [this](const PageRequest &request) { return answer(request); },
        QList<QByteArray>{kAppHost, kBackendHost, "firestore.googleapis.com", "firebasestorage.googleapis.com",
                          "identitytoolkit.googleapis.com", "ledger-default-rtdb.firebaseio.com"} +
            BackendService::otherHosts(kDomain) +
            QList<QByteArray>{"directus.stranger.example", "strapi.stranger.example", "pocket.stranger.example",
                              "hasura.stranger.example", "n8n.stranger.example", "directus.directus.app"}};
};

} // namespace cockpit::lab
