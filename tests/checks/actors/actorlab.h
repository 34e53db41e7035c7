// What tests of accounts need around a product on loopback: a run with a gate, an account, a wire.
#pragma once

#include "checks/actors/actorsession.h"
#include "tests/lab/weblab.h"

#include <memory>

namespace cockpit::lab {

inline TestActor anna(SignInKind kind = SignInKind::Json)
{
    TestActor actor;
    actor.id = QStringLiteral("anna");
    actor.name = QStringLiteral("Anna");
    actor.role = QStringLiteral("admin");
    actor.tenant = QStringLiteral("acme");
    actor.userName = QStringLiteral("anna@acme.test");
    actor.signIn.kind = kind;
    return actor;
}

inline const QByteArray kPassword = "correct-horse&battery\"1";

// A run that may send that many requests to 127.0.0.1, with Anna's value.
struct ActorRun
{
    std::shared_ptr<std::atomic_bool> killed = std::make_shared<std::atomic_bool>(false);
    CancelToken token;
    std::shared_ptr<ActiveGate> gate;
    Observations seen;

    explicit ActorRun(int requests = 60, const QByteArray &value = kPassword, double perSecond = 50,
                      NetOptions options = {})
        : gate(std::make_shared<ActiveGate>(ActiveTerms{
              .budget = {.requests = requests, .perSecond = perSecond},
              .hosts = {QStringLiteral("127.0.0.1")},
              .secrets = value.isEmpty() ? std::map<QString, Secret>()
                                         : std::map<QString, Secret>{{QStringLiteral("anna"), Secret(value)}},
              .killed = killed})),
          seen(options, token, Deadline::in(std::chrono::seconds(60)), nullptr, passiveBudget(1), gate)
    {
    }
};

inline ActiveRequest get(const QUrl &url)
{
    ActiveRequest request;
    request.url = url;
    return request;
}

inline ActiveRequest send(const QByteArray &method, const QUrl &url, const QByteArray &body = {})
{
    ActiveRequest request;
    request.method = method;
    request.url = url;
    request.body = body;
    return request;
}

} // namespace cockpit::lab
