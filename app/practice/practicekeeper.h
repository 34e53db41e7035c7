// A test account of one of the practice company's products, with what its founder would have put into the keychain.
#pragma once

#include "app/practice/shop/practiceaccount.h"
#include "models/access/actor.h"
#include "models/projectstate.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

struct PracticeKeeper
{
    TestActor actor;
    Secret secret;
    QString keychainEntry; // of the kind Practice: no keychain has it
};

// The account as the project knows it. id: unique among all products. name: beside the person's in the list of
// accounts ("desk"); empty where no other product has that person.
PracticeKeeper keeperOf(const PracticeAccount &account, const SignIn &how, const QString &id, const QString &place);

std::vector<TestActor> actorsOf(const std::vector<PracticeKeeper> &keepers);
std::vector<Credential> credentialsOf(const std::vector<PracticeKeeper> &keepers);
// Null without one of that entry.
const PracticeKeeper *keeperIn(const std::vector<PracticeKeeper> &keepers, const QString &keychainEntry);

} // namespace cockpit
