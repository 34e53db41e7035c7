#include "models/credentialkind.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialKind)
};

constexpr auto kCloudflare = "cloudflare-token-"_L1;

} // namespace

QString labelOf(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::Other:
        return Text::tr("Password, key or token");
    case CredentialKind::CloudflareToken:
        return Text::tr("Cloudflare token, to read the settings");
    }
    Q_UNREACHABLE();
}

QString newKeychainEntry(CredentialKind kind)
{
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    return (kind == CredentialKind::CloudflareToken ? kCloudflare : "credential-"_L1) + id;
}

CredentialKind kindOf(const Credential &credential)
{
    return credential.keychainEntry.startsWith(kCloudflare) ? CredentialKind::CloudflareToken : CredentialKind::Other;
}

const Credential *firstOf(CredentialKind kind, const std::vector<Credential> &credentials)
{
    const auto found = std::ranges::find(credentials, kind, kindOf);
    return found == credentials.end() ? nullptr : &*found;
}

} // namespace cockpit
