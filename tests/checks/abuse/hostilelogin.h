// A login of a few lines with hostile manners, and the run against it.
#pragma once

#include "tests/checks/abuse/abusescene.h"
#include "tests/lab/weblab.h"

namespace cockpit::lab {

struct HostileLogin
{
    explicit HostileLogin(const Manners &manners)
    {
        web.on("POST", "/login", [](const WebRequest &request) {
            const bool isRight = request.body.contains("the-right-password");
            return isRight ? WebAnswer{200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz","id":1})"}
                           : WebAnswer{401, R"({"error":"sign_in_failed","id":2})"};
        });
        web.on("POST", "/forgot", WebAnswer{202, R"({"status":"check_your_mail"})"});
        web.setManners(manners);
        TestActor actor;
        actor.id = QStringLiteral("a1");
        actor.name = QStringLiteral("Sam");
        actor.role = QStringLiteral("member");
        actor.tenant = QStringLiteral("acme");
        actor.userName = QStringLiteral("sam@acme.test");
        actor.signIn = jsonSignIn(web.url(QStringLiteral("/login")));
        actor.isThrowAway = true;
        facts.actors = {actor};
        target.domain = web.host();
        target.hosts = {{HostRole::Site, web.host(), web.port()}};
    }

    AttackRun newRun() const
    {
        return AttackRun({}, {web.host()}, {{QStringLiteral("a1"), Secret("the-right-password")}}, 400,
                         {QStringLiteral("a1")});
    }
    Judged judged(const Check &check, AttackRun &run) const { return run.run(check, target, facts); }

    WebLab web;
    Target target;
    ProjectFacts facts;
};

} // namespace cockpit::lab
