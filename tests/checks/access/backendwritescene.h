// A run against the practice company's backend service with places marked for a test record.
#pragma once

#include "checks/access/backendcalls.h"
#include "checks/access/backendwrites.h"
#include "models/unseen.h"
#include "tests/checks/access/backendscene.h"

namespace cockpit::lab {

inline const QString kTable = u"/rest/v1/orders"_s;
inline const QString kFiles = u"/storage/v1/object/contracts"_s;
inline const QString kNode = u"/feedback.json"_s;
inline const QString kRealtimeHost = u"ledger-default-rtdb.firebaseio.com"_s;

class WriteScene : protected BackendScene
{
protected:
    void setUp()
    {
        QVERIFY2(m_server.isReady(), qPrintable(m_server.problem()));
        m_hostile = {};
        m_bend = {};
        m_facts = {};
        m_backend.reset();
        m_backend.setUp({});
        m_code = wholeCode();
    }

    void mark(const QString &path, const QString &host = QString::fromLatin1(kBackendHost), bool isSafe = true)
    {
        Route route;
        route.method = u"POST"_s;
        route.path = path;
        route.host = host;
        route.access = AccessClass::Public;
        route.safeToWrite = isSafe;
        m_facts.routes.push_back(route);
        if (path == kTable)
            m_facts.samples = {
                {u"POST"_s, path, host, "application/json", R"({"id":900,"what":"a cake","total_cents":1})", {}}};
    }
    AttackRun newRun(const QStringList &hosts = {QString::fromLatin1(kAppHost), QString::fromLatin1(kBackendHost),
                                                 kRealtimeHost},
                     int budget = 100)
    {
        return AttackRun(m_server.netOptions(), hosts, {}, budget);
    }
    Judged judgedIn(AttackRun &run)
    {
        return run.run(unauthenticatedCheck(), targetOf({QString::fromLatin1(kAppHost)}), m_facts);
    }
    // "table orders taken", one each.
    static QString results(const Judged &judged)
    {
        QStringList all;
        for (const QJsonValue row : judged.observed["backend_writes"_L1].toArray())
            all.append(row["what"_L1].toString() + u' ' + row["name"_L1].toString() + u' ' +
                       row["result"_L1].toString());
        return all.join(u", "_s);
    }
    static QStringList writeCodes(const Judged &judged)
    {
        QStringList codes = codesOf(judged);
        codes.removeIf(
            [](const QString &code) { return !code.endsWith("_writable"_L1) && !code.endsWith("_left"_L1); });
        return codes;
    }
    int writes(const QByteArray &path)
    {
        int count = 0;
        for (const JournalLine &line : m_backend.journal().lines()) {
            const bool isList = line.target.startsWith("/storage/v1/object/list/") || line.target == "/graphql/v1";
            count += line.method != "GET" && line.method != "HEAD" && !isList && line.target.startsWith(path) ? 1 : 0;
        }
        return count;
    }

    ProjectFacts m_facts;
};

} // namespace cockpit::lab
