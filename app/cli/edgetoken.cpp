#include "app/cli/edgetoken.h"

#include "models/credentialkind.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <utility>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

void fetchEdgeToken(AuditSetup &setup, const Composition &composition, CredentialStore &keychain, QObject *context,
                    std::function<void()> done)
{
    PlanRequest &plan = setup.request.plan;
    const Secret given(qgetenv(kTokenVariable));
    qunsetenv(kTokenVariable);
    if (setup.practice || !looksFor(Need::ApiToken, plan, composition.catalog, composition.registry))
        return done();
    if (!given.isEmpty()) {
        plan.facts.edgeToken = given;
        return done();
    }
    const Credential *kept = firstOf(CredentialKind::CloudflareToken, setup.known.credentials);
    if (!kept)
        return done();
    const auto isAnswered = std::make_shared<bool>(false);
    const auto take = [&setup, &plan, isAnswered, done = std::move(done), entry = kept->keychainEntry,
                       asker = QPointer(context)](const Result<Secret> &value) {
        if (!asker || std::exchange(*isAnswered, true))
            return;
        plan.facts.edgeToken = value;
        if (value)
            setup.usedEntries << entry;
        done();
    };
    QTimer::singleShot(kTokenPatience, context, [take] {
        take(failure(ErrorKind::TimedOut, Text::tr("The keychain did not answer. It may be waiting for its password in "
                                                   "another window. Or give the token in the variable %1.")
                                              .arg(QString::fromLatin1(kTokenVariable))));
    });
    keychain.read(kept->keychainEntry, take);
}

} // namespace cockpit
