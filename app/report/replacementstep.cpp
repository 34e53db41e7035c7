#include "app/report/replacementstep.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReplacementStep)
};

enum class Own {
    Anything,     // its name alone is known
    KeyPair,      // others trust the public half
    Signing,      // a random value that one program signs with
    Encrypting,   // what it encrypted stays readable to whoever has it
    Shared,       // two sides have it
    Login,        // the password of a user of a server
    KeyStore,     // the password of a file with keys
    Wallet,       // cannot be replaced
    Installation, // made by a program that one runs oneself
};

// The first that an id begins with counts: what is more special stands before.
constexpr std::array kOwn{
    std::pair{"generic"_L1, Own::Anything},
    std::pair{"jwt-supabase-local"_L1, Own::Installation},
    std::pair{"jwt"_L1, Own::Anything},
    std::pair{"git-url-password"_L1, Own::Anything},
    std::pair{"s3-secret-key"_L1, Own::Anything},
    std::pair{"private-key-age"_L1, Own::Encrypting},
    std::pair{"private-key-"_L1, Own::KeyPair},
    std::pair{"vapid-private-key"_L1, Own::KeyPair},
    std::pair{"signing-encryption-key"_L1, Own::Encrypting},
    std::pair{"signing-rails-master-key"_L1, Own::Encrypting},
    std::pair{"signing-webhook-secret"_L1, Own::Shared},
    std::pair{"signing-cron-secret"_L1, Own::Shared},
    std::pair{"signing-revalidate-secret"_L1, Own::Shared},
    std::pair{"wireguard-preshared-key"_L1, Own::Shared},
    std::pair{"signing-"_L1, Own::Signing},
    std::pair{"crypto-wallet-key"_L1, Own::Wallet},
    std::pair{"seed-phrase"_L1, Own::Wallet},
    std::pair{"pkcs12-password"_L1, Own::KeyStore},
    std::pair{"drone-token"_L1, Own::Installation},
    std::pair{"docker-config-auth"_L1, Own::Login},
    std::pair{"jdbc-url"_L1, Own::Login},
    std::pair{"maven-settings-password"_L1, Own::Login},
    std::pair{"netrc-password"_L1, Own::Login},
    std::pair{"rclone-password"_L1, Own::Login},
    std::pair{"smtp-url"_L1, Own::Login},
    std::pair{"wordpress-db-password"_L1, Own::Login},
};

std::optional<Own> ownOf(const LeakRule &rule)
{
    const auto known =
        std::ranges::find_if(kOwn, [&rule](const auto &entry) { return rule.id.startsWith(entry.first); });
    return known == kOwn.end() ? std::nullopt : std::optional(known->second);
}

QString textOf(Own own, const LeakRule &rule)
{
    switch (own) {
    case Own::Anything:
        return Text::tr("Replace it where it was made: at the service, the server or the program that asks for it. "
                        "Then see that the old one is refused.");
    case Own::KeyPair:
        return Text::tr("Make a new pair of keys, put the new public half (or certificate) wherever the old one is "
                        "trusted, take the old one away there, and see that it is refused.");
    case Own::Signing:
        return Text::tr("Make a new random value, and start the program with it. What was signed with the old one is "
                        "refused then: whoever is signed in signs in again.");
    case Own::Encrypting:
        return Text::tr("Make a new key, and encrypt with it again what the old one encrypts. Whoever has the old key "
                        "and an old copy reads it all the same: replace the passwords and keys that stand in it, too.");
    case Own::Shared:
        return Text::tr("Make a new random value, set it on both sides, where it is sent and where it is checked, and "
                        "see that the old one is refused.");
    case Own::Login:
        return Text::tr("Change the password of this user on the server that it signs in to, set the new one where it "
                        "is used, and see that the old one is refused.");
    case Own::KeyStore:
        return Text::tr("Give the key store a new password. Where somebody else may have the file, too, the keys in it "
                        "are to be replaced.");
    case Own::Wallet:
        return Text::tr("Move all that it holds to a new wallet now. The key of a wallet cannot be replaced: whoever "
                        "has it can pay with it.");
    case Own::Installation:
        return Text::tr("Make a new one in your own installation of %1, and see that the old one is refused.")
            .arg(rule.service);
    }
    Q_UNREACHABLE();
}

} // namespace

QString replacementStep(const LeakRule &rule)
{
    if (!rule.rotate.isEmpty())
        return Text::tr("Replace it, and see that the old one is refused: %1").arg(rule.rotate.toString());
    if (const auto own = ownOf(rule))
        return textOf(*own, rule);
    if (rule.service.isEmpty() || rule.service == "any service"_L1)
        return textOf(Own::Anything, rule);
    return Text::tr("Replace it at %1, and see that the old one is refused.").arg(rule.service);
}

} // namespace cockpit
