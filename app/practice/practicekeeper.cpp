#include "app/practice/practicekeeper.h"

#include "models/credentialkind.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

} // namespace

PracticeKeeper keeperOf(const PracticeAccount &account, const PracticeDoor &door)
{
    TestActor actor;
    actor.id = door.idPrefix + account.id;
    actor.name = door.place.isEmpty() ? account.name : Text::tr("%1 (%2)").arg(account.name, door.place);
    actor.role = account.role;
    actor.tenant = account.tenant;
    actor.userName = account.email;
    actor.signIn = door.how;
    actor.whoAmIUrl = door.whoAmIUrl;
    actor.whoAmIPointer = door.whoAmIPointer;
    actor.credential = Text::tr("Test account: %1").arg(actor.name);
    actor.isThrowAway = account.isThrowAway;
    return {std::move(actor), Secret(account.password), newKeychainEntry(CredentialKind::Practice)};
}

std::vector<TestActor> actorsOf(const std::vector<PracticeKeeper> &keepers)
{
    std::vector<TestActor> actors;
    for (const PracticeKeeper &keeper : keepers)
        actors.push_back(keeper.actor);
    return actors;
}

std::vector<Credential> credentialsOf(const std::vector<PracticeKeeper> &keepers)
{
    std::vector<Credential> credentials;
    for (const PracticeKeeper &keeper : keepers) {
        credentials.push_back({.name = keeper.actor.credential,
                               .purpose = {}, // what its kind says
                               .keychainEntry = keeper.keychainEntry,
                               .createdAt = QDateTime::currentDateTimeUtc(),
                               .lastUsedAt = {}});
    }
    return credentials;
}

const PracticeKeeper *keeperIn(const std::vector<PracticeKeeper> &keepers, const QString &keychainEntry)
{
    const auto it = std::ranges::find(keepers, keychainEntry, &PracticeKeeper::keychainEntry);
    return it == keepers.end() ? nullptr : &*it;
}

} // namespace cockpit
