// The shop as a smoke test sees it, on a server of the test's choice, and what came of the test.
#pragma once

#include "checks/deploy/smoke.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>

namespace cockpit::lab {

inline bool isNoteRoute(const ShopRouteLine &line)
{
    return line.path == "/api/notes" || line.path == "/api/notes/{id}";
}

inline QString told(const Judged &judged)
{
    return test::said(judged) + QStringLiteral(" | ") + judged.reason + QStringLiteral(" | ") +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(3000);
}

// "sign_in:works read:works …"
inline QString endsOf(const Judged &judged)
{
    QStringList ends;
    for (const QJsonValue &row : judged.observed[QLatin1String("steps")].toArray())
        ends.append(row[QLatin1String("step")].toString() + u':' + row[QLatin1String("end")].toString());
    return ends.join(u' ');
}

// Lab: ShopLab or MoodyShop.
template<typename Lab>
struct SmokeScene
{
    explicit SmokeScene(Lab &given) : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        facts = factsOf(lab, isNoteRoute);
        SignIn signIn = jsonSignIn(lab.url("/api/login"));
        signIn.logoutMethod = QStringLiteral("POST");
        signIn.logoutUrl = lab.url("/api/logout").toString();
        facts.actors = actorsOf(lab.shop(), signIn, lab.url("/api/me").toString(), QStringLiteral("/email"));
    }

    Judged judged(AttackRun &run) { return run.run(smokeCheck(), targetOf({host}), facts); }
    Judged judged()
    {
        AttackRun run = newRun();
        return judged(run);
    }
    AttackRun newRun(const NetOptions &net) const { return AttackRun(net, {host}, secretsOf(lab.shop()), 100); }
    AttackRun newRun() const { return newRun(lab.netOptions()); }

    Lab &lab;
    QString host;
    ProjectFacts facts;
};

// Requests of that method to paths that begin so and were answered with less than `below`.
inline int sentTo(ShopApi &shop, const QByteArray &method, const QByteArray &pathStart, int below = 600)
{
    int count = 0;
    for (const JournalLine &line : shop.journal().lines()) {
        const bool isOne = line.method == method && line.target.startsWith(pathStart) && line.status < below;
        count += isOne ? 1 : 0;
    }
    return count;
}

} // namespace cockpit::lab
