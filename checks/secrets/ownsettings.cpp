#include "checks/secrets/ownsettings.h"

#include "checks/secrets/settings/settingsfile.h"
#include "models/pathwords.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Beside .env and its like: what frameworks and providers have people keep beside the code.
bool isKeyFileName(const QString &lowerName)
{
    constexpr std::array names{"secrets.toml"_L1,
                               "secrets.json"_L1,
                               "local.settings.json"_L1,
                               "master.key"_L1,
                               ".npmrc"_L1,
                               "terraform.tfvars"_L1,
                               ".secrets"_L1,
                               ".pypirc"_L1,
                               ".netrc"_L1,
                               "serviceaccountkey.json"_L1};
    constexpr std::array endings{".pem"_L1, ".key"_L1, ".p8"_L1, ".jks"_L1, ".keystore"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView name) { return lowerName == name; }) ||
           std::ranges::any_of(endings, [&](QLatin1StringView end) { return lowerName.endsWith(end); }) ||
           (lowerName.endsWith(".json"_L1) && lowerName.contains("service"_L1) && lowerName.contains("account"_L1));
}

bool isKeptApart(GitStanding standing)
{
    switch (standing) {
    case GitStanding::Ignored:
    case GitStanding::Untracked:
    case GitStanding::NoRepository:
        return true;
    case GitStanding::Tracked:
    case GitStanding::Unknown:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

bool mayBeOwnSettings(const QByteArray &path)
{
    const QString text = QString::fromUtf8(path);
    const bool isSettings =
        env::roleOfFile(text) == env::FileRole::Settings || isKeyFileName(text.section(u'/', -1).toLower());
    return isSettings && (!isInPutOnlineFolder(text) || isForServers(text));
}

std::map<GitStanding, std::vector<FoundSecret>> takeOwnSettings(const QString &root, std::vector<FoundSecret> &found,
                                                                const CancelToken &token)
{
    GitStandings standings(root, token);
    std::map<GitStanding, std::vector<FoundSecret>> own;
    std::vector<FoundSecret> rest;
    rest.reserve(found.size());
    for (FoundSecret &one : found) {
        const bool isAsked = !token.isCancelled() && mayBeOwnSettings(one.path);
        const GitStanding standing = isAsked ? standings.of(one.path) : GitStanding::Unknown;
        if (isKeptApart(standing))
            own[standing].push_back(std::move(one));
        else
            rest.push_back(std::move(one));
    }
    found = std::move(rest);
    return own;
}

} // namespace cockpit
