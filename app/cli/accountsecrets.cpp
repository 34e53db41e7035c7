#include "app/cli/accountsecrets.h"

#include "app/cli/edgetoken.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// What one of them brings is nobody's: which account is meant is not known.
bool sharesItsVariable(const TestActor &actor, const std::vector<TestActor> &actors)
{
    return std::ranges::count(actors, secretVariable(actor), secretVariable) > 1;
}

QString withVariable(const TestActor &actor, const std::vector<TestActor> &actors, const QString &reason)
{
    if (sharesItsVariable(actor, actors))
        return Text::tr("%1 The variable %2 would be that of several accounts: give them names that differ in a letter "
                        "or digit, or keep the credentials in the keychain of this computer.")
            .arg(reason, QString::fromLatin1(secretVariable(actor)));
    return Text::tr("%1 Set the variable %2, or keep its credential in the keychain of this computer.")
        .arg(reason, QString::fromLatin1(secretVariable(actor)));
}

ActorSecrets secretsOfPractice(const AuditSetup &setup)
{
    ActorSecrets secrets;
    for (const TestActor &actor : setup.known.actors) {
        const auto credential = std::ranges::find(setup.known.credentials, actor.credential, &Credential::name);
        if (credential == setup.known.credentials.end())
            continue;
        if (auto value = setup.practice->secretOf(credential->keychainEntry))
            secrets.values.insert_or_assign(actor.id, *value);
    }
    return secrets;
}

// By TestActor::id; what is there is gone from the environment afterwards.
std::map<QString, Secret> takenFromEnvironment(const std::vector<TestActor> &actors,
                                               const std::function<QByteArray(const TestActor &)> &variableOf)
{
    std::map<QByteArray, std::vector<QString>> idsOf;
    for (const TestActor &actor : actors)
        idsOf[variableOf(actor)].push_back(actor.id);
    std::map<QString, Secret> values;
    for (const auto &[variable, ids] : idsOf) {
        const Secret value(qgetenv(variable.constData()));
        qunsetenv(variable.constData());
        if (!value.isEmpty() && ids.size() == 1)
            values.emplace(ids.front(), value);
    }
    return values;
}

struct OfEnvironment
{
    std::map<QString, Secret> given;
    std::map<QString, HoleValues> mailed;
};

// What the keychain said, each with the variable that would do instead; what the environment said goes before it.
ActorSecrets joined(const ActorSecrets &kept, const OfEnvironment &environment, const std::vector<TestActor> &actors)
{
    ActorSecrets all = kept;
    for (const TestActor &actor : actors) {
        if (const auto value = environment.given.find(actor.id); value != environment.given.end()) {
            all.values.insert_or_assign(actor.id, value->second);
            all.missing.erase(actor.id);
        } else if (const auto why = all.missing.find(actor.id); why != all.missing.end()) {
            why->second = withVariable(actor, actors, why->second);
        }
    }
    for (const auto &[id, mailed] : environment.mailed) {
        if (const auto entry = all.values.find(id); entry != all.values.end())
            entry->second = withMailedValues(entry->second, mailed);
    }
    return all;
}

} // namespace

std::map<QString, Secret> secretsOfEnvironment(const std::vector<TestActor> &actors)
{
    return takenFromEnvironment(actors, secretVariable);
}

std::map<QString, HoleValues> mailedOfEnvironment(const std::vector<TestActor> &actors)
{
    std::map<QString, HoleValues> mailed;
    for (const MailedValue value : kMailedValues) {
        const auto given =
            takenFromEnvironment(actors, [value](const TestActor &actor) { return mailedVariable(actor, value); });
        for (const auto &[id, secret] : given)
            mailed[id].insert_or_assign(toWord(value), secret);
    }
    return mailed;
}

void fetchAccountSecrets(AuditSetup &setup, const Composition &composition, CredentialStore &keychain, QObject *context,
                         std::function<void()> done)
{
    PlanRequest &plan = setup.request.plan;
    const std::vector<TestActor> &actors = setup.known.actors;
    const OfEnvironment environment{secretsOfEnvironment(actors), mailedOfEnvironment(actors)};
    const bool isAsked = looksFor(Need::TestAccounts, plan, composition.catalog, composition.registry);
    if (!plan.active || actors.empty() || (!isAsked && !setup.removesLeft))
        return done();
    if (setup.practice) { // in its memory, and in no keychain
        secretsOfPractice(setup).addTo(*plan.active);
        return done();
    }
    std::vector<TestActor> others;
    std::ranges::copy_if(actors, std::back_inserter(others),
                         [&](const TestActor &actor) { return !environment.given.contains(actor.id); });
    readActorSecrets(keychain, others, setup.known.credentials, kTokenPatience, context,
                     [&setup, &plan, &actors, environment, done = std::move(done)](const ActorSecrets &kept) {
                         setup.usedEntries << kept.entries;
                         joined(kept, environment, actors).addTo(*plan.active);
                         done();
                     });
}

} // namespace cockpit
