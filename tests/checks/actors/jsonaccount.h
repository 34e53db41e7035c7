// What the tests of an actor's session share: a product with a JSON login, and an account of it.
#pragma once

#include "tests/checks/actors/actorlab.h"

namespace cockpit::lab {

inline const QString kCheck = QStringLiteral("access.roles");
inline const QByteArray kSession = "session-8c1f2a77";

// A product with a login, a page that says who one is, and a logout.
inline void serve(WebLab &lab)
{
    lab.on("POST", "/login", [](const WebRequest &request) {
        if (!request.body.contains("correct-horse"))
            return WebAnswer{.status = 401};
        WebAnswer answer{.body = "{\"ok\":true}"};
        answer.headers.emplace_back("Set-Cookie", "sid=" + kSession + "; Path=/; HttpOnly");
        return answer;
    });
    const auto inside = [](const WebRequest &request, const WebAnswer &answer) {
        return request.cookie("sid") == kSession ? answer : WebAnswer{.status = 401, .body = "{\"error\":\"no\"}"};
    };
    lab.on("GET", "/me", [inside](const WebRequest &request) {
        return inside(request, {.body = "{\"user\":{\"email\":\"anna@acme.test\"}}"});
    });
    lab.on("GET", "/invoices", [inside](const WebRequest &request) { return inside(request, {.body = "[1]"}); });
    lab.on("POST", "/logout", [inside](const WebRequest &request) { return inside(request, {.body = "{}"}); });
}

inline TestActor account(const WebLab &lab)
{
    TestActor actor = anna(SignInKind::Json);
    actor.signIn.url = lab.url(QStringLiteral("/login")).toString();
    actor.signIn.bodyTemplate = QStringLiteral("{\"email\":\"{{user}}\",\"password\":\"{{password}}\"}");
    actor.signIn.logoutUrl = lab.url(QStringLiteral("/logout")).toString();
    actor.whoAmIUrl = lab.url(QStringLiteral("/me")).toString();
    actor.whoAmIPointer = QStringLiteral("/user/email");
    return actor;
}

} // namespace cockpit::lab
