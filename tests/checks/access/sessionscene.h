// The shop and the desk as checks of sessions meet them: accounts that sign in, renew and sign out.
#pragma once

#include "tests/checks/access/soundproduct.h"

namespace cockpit::lab {

struct ShopSessions
{
    explicit ShopSessions(ShopLab &given) : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        SignIn how = jsonSignIn(lab.url("/api/login"));
        how.refreshUrl = lab.url("/api/refresh").toString();
        how.refreshPointer = QStringLiteral("/refresh_token");
        how.logoutUrl = lab.url("/api/logout").toString();
        facts = factsOf(lab, [](const ShopRouteLine &) { return false; });
        facts.actors = actorsOf(lab.shop(), how, lab.url("/api/me").toString(), QStringLiteral("/email"));
        secrets = secretsOf(lab.shop());
    }
    AttackRun newRun(int requests = 400) const { return AttackRun(lab.netOptions(), {host}, secrets, requests); }
    Judged judged(AttackRun &run, const Check &check) const { return run.run(check, targetOf({host}), facts); }

    ShopLab &lab;
    QString host;
    ProjectFacts facts;
    std::map<QString, Secret> secrets;
};

struct DeskSessions
{
    explicit DeskSessions(DeskLab &given) : lab(given), host(QString::fromLatin1(lab.desk().host()))
    {
        SignIn how;
        how.kind = SignInKind::Form;
        how.url = lab.url("/login").toString();
        how.bodyTemplate = QStringLiteral("email={{user}}&password={{password}}&csrf_token={{csrf}}");
        how.logoutUrl = lab.url("/logout").toString();
        for (const DeskRouteLine &line : lab.desk().routes()) {
            Route route;
            route.method = QString::fromLatin1(line.method);
            route.path = QString::fromLatin1(line.path);
            route.host = host;
            route.access = fromWord<AccessClass>(QString::fromLatin1(line.access)).value_or(AccessClass::SignedIn);
            facts.routes.push_back(route);
        }
        facts.actors = actorsOf(lab.desk(), how, lab.url("/account").toString(), {});
        secrets = secretsOf(lab.desk());
    }
    AttackRun newRun(int requests = 400) const { return AttackRun(lab.netOptions(), {host}, secrets, requests); }
    Judged judged(AttackRun &run, const Check &check) const { return run.run(check, targetOf({host}), facts); }

    DeskLab &lab;
    QString host;
    ProjectFacts facts;
    std::map<QString, Secret> secrets;
};

} // namespace cockpit::lab
