// What code for browsers tells beside keys (facts 14.2): test systems and developers' machines that it calls, switches
// of features, and logins of test accounts. Most of it is information; what it means decides a person.
#pragma once

#include "checks/deploy/addresskind.h"
#include "checks/web/bundle.h"
#include "models/finding.h"

#include <QJsonObject>

#include <map>
#include <vector>

namespace cockpit {

struct AddressHint
{
    deploy::CalledAddress address;                         // of its surest place
    deploy::AddressKind kind = deploy::AddressKind::Other; // OwnTest, Preview, Tunnel or ProviderTest
    QString place;                                         // as shown
};

struct FlagHint
{
    bool isOn = false;
    QString place;
};

struct LoginHint
{
    QString name;   // "demoPassword"; empty: a field for passwords that is filled in
    QString user;   // beside it: "admin", or the domain of an address ("@shop.test"); may be empty
    QString masked; // the password
    QString place;

    bool operator==(const LoginHint &) const = default;
};

struct BundleHints
{
    std::map<QString, AddressHint> addresses; // by origin
    std::map<QString, FlagHint> flags;        // by name
    std::vector<LoginHint> logins;            // each once
    bool callsProduction = false;             // an address of the product that is none of a test
};

// Adds what is in a file. Linear in it; of each kind a bounded number is kept, for where one stands its neighbours do.
void addHints(const BundleFile &file, const QString &place, const Target &target, BundleHints &hints);

// staging_address, preview_address, tunnel_address, provider_test_address (subject: the origin), feature_flags and
// test_credentials.
std::vector<Finding> findingsOf(const BundleHints &hints);
// "test_addresses": [{"origin","kind": as of deploy.base-urls,"file"}], "feature_flags": [{"name","on"}],
// "test_logins": [{"name"|null,"user"|null,"masked","file"}].
void insertHints(const BundleHints &hints, QJsonObject &observed);

} // namespace cockpit
