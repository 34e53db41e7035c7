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
constexpr auto kPractice = "practice-company-"_L1;
constexpr auto kOther = "credential-"_L1;

QLatin1StringView beginningOf(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::Other:
        return kOther;
    case CredentialKind::CloudflareToken:
        return kCloudflare;
    case CredentialKind::Practice:
        return kPractice;
    }
    Q_UNREACHABLE();
}

} // namespace

QString labelOf(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::Other:
        return Text::tr("Password, key or token");
    case CredentialKind::CloudflareToken:
        return Text::tr("Cloudflare token, to read the settings");
    case CredentialKind::Practice:
        return Text::tr("In memory for the practice company");
    }
    Q_UNREACHABLE();
}

QString newKeychainEntry(CredentialKind kind)
{
    return beginningOf(kind) + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

CredentialKind kindOf(const Credential &credential)
{
    return kindOfEntry(credential.keychainEntry);
}

CredentialKind kindOfEntry(const QString &keychainEntry)
{
    if (keychainEntry.startsWith(kPractice))
        return CredentialKind::Practice;
    return keychainEntry.startsWith(kCloudflare) ? CredentialKind::CloudflareToken : CredentialKind::Other;
}

const Credential *firstOf(CredentialKind kind, const std::vector<Credential> &credentials)
{
    const auto found = std::ranges::find(credentials, kind, kindOf);
    return found == credentials.end() ? nullptr : &*found;
}

} // namespace cockpit
