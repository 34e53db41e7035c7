#include "checks/actors/signedin.h"

#include "checks/actors/signin.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

// A request may wait for its turn: a token that ends sooner would end on the way.
constexpr qint64 kRenewBeforeMs = 30'000;

} // namespace

bool isRenewalDue(const QDateTime &since, const QDateTime &expiresAt, const QDateTime &now)
{
    if (expiresAt.isNull())
        return false;
    const qint64 halfLife = std::max<qint64>(0, since.msecsTo(expiresAt) / 2);
    return now.msecsTo(expiresAt) <= std::min(kRenewBeforeMs, halfLife);
}

Result<Session> sessionOf(const TestActor &actor, Wire &wire)
{
    if (!wire.isReady())
        return tl::unexpected<Error>(wire.isReady().error());
    const Secret *secret = wire.gate()->secretOf(actor.id);
    if (!secret) {
        const auto &missing = wire.gate()->terms().missingSecrets;
        const auto why = missing.find(actor.id);
        return failure(ErrorKind::NotFound,
                       why != missing.end()
                           ? why->second
                           : Text::tr("There is no password or token for %1 in the keychain.").arg(actor.name));
    }
    auto session = signIn(actor, *secret, wire);
    if (!session)
        return session;
    if (!actor.whoAmIUrl.isEmpty()) {
        if (const auto name = whoIs(*session, actor, wire); !name)
            return tl::unexpected<Error>(name.error());
    }
    for (const Secret &value : session->secrets())
        wire.gate()->learnSecret(value);
    return session;
}

Result<std::shared_ptr<SharedSession>> probe(const SignedIn &question, ProbeContext &context)
{
    Wire wire(context.observations, kSignInCheck, kSignInRequests, Announcing::Before);
    auto session = sessionOf(question.actor, wire);
    if (!session)
        return tl::unexpected<Error>(session.error());
    auto shared = std::make_shared<SharedSession>();
    shared->session = std::move(*session);
    return shared;
}

} // namespace cockpit
