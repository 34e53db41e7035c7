// What the tests of a permission and of test accounts share: accounts, and services that prove and sign in without a
// network.
#pragma once

#include "pagefixture.h"

#include <atomic>

namespace cockpit::testing {

inline TestActor someActor(const QString &name, const QString &role, const QString &tenant)
{
    TestActor actor;
    actor.id = newActorId();
    actor.name = name;
    actor.role = role;
    actor.tenant = tenant;
    actor.userName = name.toLower() + QStringLiteral("@acme.example");
    actor.signIn.kind = SignInKind::BearerToken;
    return actor;
}

// What a trial writes into the log.
inline LoggedRequest signInOf(const TestActor &actor)
{
    LoggedRequest request;
    request.at = QDateTime::currentDateTimeUtc();
    request.checkId = QStringLiteral("sign-in");
    request.method = QStringLiteral("POST");
    request.host = QStringLiteral("app.acme-ops.example");
    request.route = QStringLiteral("/login");
    request.actor = actor.name;
    request.status = 200;
    return request;
}

// Answers from these; set before what asks for them.
struct AccessAnswers
{
    ControlLook look{true, QStringLiteral("acme-ops.example"), QStringLiteral("The record is there.")};
    std::atomic_int looks = 0;
    ControlMethod method = ControlMethod::Loopback; // that was asked for last
    bool signsIn = true;
    QByteArray seenSecret; // that the last trial was given
};

// Answers that live longer than what asks for them.
inline auto controlFrom(AccessAnswers &answers)
{
    return [&answers](ControlMethod method, const Target &, const QString &token, const NetOptions &,
                      const CancelToken &) -> Result<ControlLook> {
        answers.method = method;
        ++answers.looks;
        if (!isControlToken(token))
            return failure(ErrorKind::BadInput, QStringLiteral("no token"));
        return answers.look;
    };
}

inline SessionServices withAccess(SessionServices services, AccessAnswers &answers)
{
    services.takeSample = {};
    services.machineKey = [] { return QByteArray("key of this machine"); };
    services.lookForControl = controlFrom(answers);
    services.tryActor = [&answers](const TestActor &actor, const ActiveTerms &terms, const NetOptions &,
                                   const CancelToken &) -> Result<ActorTrial> {
        const auto secret = terms.secrets.find(actor.id);
        answers.seenSecret = secret == terms.secrets.end() ? QByteArray() : secret->second.reveal();
        ActorTrial trial;
        trial.isSignedIn = answers.signsIn;
        trial.name = actor.userName;
        trial.sentence = answers.signsIn ? QStringLiteral("Signed in as %1.").arg(actor.userName)
                                         : QStringLiteral("The password was refused.");
        trial.sent = {signInOf(actor)};
        return trial;
    };
    return services;
}

} // namespace cockpit::testing
