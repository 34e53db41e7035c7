#include "checks/secrets/liveaddresses.h"

#include "checks/deploy/addresskind.h"
#include "checks/secrets/settings/judging.h"
#include "checks/secrets/settings/settingstable.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <set>

namespace cockpit::env {

using namespace Qt::StringLiterals;
using deploy::AddressKind;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LiveAddresses)
};

constexpr qsizetype kMostObserved = 500;

// Who follows the address.
enum class Reader {
    Everybody, // browsers and customers
    Server,
    ServerSaid, // the name says that it stays inside
};

template<size_t N>
bool hasOneOf(const QStringList &words, const std::array<QLatin1StringView, N> &known)
{
    return std::ranges::any_of(words, [&](const QString &word) {
        return std::ranges::any_of(known, [&](QLatin1StringView one) { return word == one; });
    });
}

Reader readerOf(const QString &name)
{
    // Collectors, proxies and side-cars run beside the program.
    constexpr std::array inside{"INTERNAL"_L1, "PRIVATE"_L1, "LOCAL"_L1, "SIDECAR"_L1, "PROXY"_L1,     "OTEL"_L1,
                                "OTLP"_L1,     "AGENT"_L1,   "NO"_L1,    "CACHE"_L1,   "COLLECTOR"_L1, "METADATA"_L1};
    // Where mails, sign-ins and payments send people.
    constexpr std::array shown{"PUBLIC"_L1,   "SITE"_L1,      "APP"_L1,    "WEB"_L1,     "WEBSITE"_L1, "FRONTEND"_L1,
                               "CALLBACK"_L1, "REDIRECT"_L1,  "RETURN"_L1, "SUCCESS"_L1, "CANCEL"_L1,  "WEBHOOK"_L1,
                               "NEXTAUTH"_L1, "CANONICAL"_L1, "CLIENT"_L1, "CDN"_L1};
    if (!browserPrefix(name).isEmpty() || name == "AUTH_URL"_L1)
        return Reader::Everybody;
    const QStringList words = name.toUpper().split(u'_', Qt::SkipEmptyParts);
    if (hasOneOf(words, inside))
        return Reader::ServerSaid;
    return hasOneOf(words, shown) ? Reader::Everybody : Reader::Server;
}

// Of a value that a list or a template was taken for an address in.
bool isHost(const QString &host)
{
    return std::ranges::all_of(
        host, [](QChar c) { return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_' || c == u':'; });
}

std::optional<deploy::CalledAddress> addressOf(const Setting &setting)
{
    constexpr std::array schemes{"http"_L1, "https"_L1, "ws"_L1, "wss"_L1};
    const bool isWeb =
        std::ranges::any_of(schemes, [&](QLatin1StringView scheme) { return setting.urlScheme == scheme; });
    QString host = setting.urlHost;
    if (host.startsWith(u'['))
        host = host.sliced(1).chopped(1);
    if (!isWeb || host.isEmpty() || !isHost(host))
        return std::nullopt;
    // A setting is there to be called; its path is not kept.
    return deploy::CalledAddress{.scheme = setting.urlScheme,
                                 .host = host,
                                 .port = setting.urlPort,
                                 .path = {},
                                 .use = deploy::Use::Call,
                                 .line = setting.line};
}

// Names that a host gives its customers' machines among themselves.
bool isPlatformNetwork(const QString &host)
{
    constexpr std::array names{".internal"_L1, ".svc"_L1, ".cluster.local"_L1, ".flycast"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView end) { return host.endsWith(end); });
}

AddressKind kindOf(const deploy::CalledAddress &address, const Target &target, Reader reader)
{
    const AddressKind kind = deploy::kindOf(address, target);
    // "http://api:3000": a name of a compose file, which no browser can look up.
    const bool isShortName = !address.host.contains(u'.') && !address.host.contains(u':');
    return kind == AddressKind::Other && isShortName && reader == Reader::Everybody ? AddressKind::OtherNetwork : kind;
}

bool isFine(AddressKind kind, Reader reader, const QString &host)
{
    const bool isInside =
        kind == AddressKind::OwnMachine || kind == AddressKind::OtherNetwork || kind == AddressKind::OwnPlain;
    return isInside && (reader == Reader::ServerSaid || (reader == Reader::Server && isPlatformNetwork(host)));
}

struct Words
{
    QString code;
    Severity severity = Severity::High;
    Impact impact = Impact::Downtime;
    QString title;
    QString meaning;
};

std::optional<Words> wordsOf(AddressKind kind)
{
    switch (kind) {
    case AddressKind::OwnMachine:
        return Words{u"own_machine"_s, Severity::High, Impact::Downtime,
                     Text::tr("Production's settings name the machine itself as an address"),
                     Text::tr("Only a program on the same machine answers there.")};
    case AddressKind::OtherNetwork:
        return Words{u"private_address"_s, Severity::High, Impact::Downtime,
                     Text::tr("Production's settings name an address of a private network"),
                     Text::tr("Nothing outside of that network can reach it.")};
    case AddressKind::Tunnel:
        return Words{u"tunnel_address"_s, Severity::High, Impact::Downtime,
                     Text::tr("Production's settings name a developer's machine"),
                     Text::tr("This address leads through a tunnel to one computer, and ends when it sleeps.")};
    case AddressKind::OwnTest:
        return Words{u"test_address"_s, Severity::High, Impact::DataExposure,
                     Text::tr("Production's settings name the test system"),
                     Text::tr("What real customers do there ends up among test data.")};
    case AddressKind::Preview:
        return Words{u"preview_address"_s, Severity::High, Impact::Downtime,
                     Text::tr("Production's settings name a preview deployment"),
                     Text::tr("Previews are of one branch, and are deleted or closed without notice.")};
    case AddressKind::ProviderTest:
        return Words{u"provider_test_address"_s, Severity::High, Impact::Downtime,
                     Text::tr("Production's settings name a provider's test system"),
                     Text::tr("Payments and orders there are not real.")};
    case AddressKind::OwnPlain:
        return Words{u"plain_address"_s, Severity::Medium, Impact::DataExposure,
                     Text::tr("Production's settings name your product without encryption"),
                     Text::tr("Whoever is on the way can read and change what is sent.")};
    case AddressKind::Own:
    case AddressKind::Library:
    case AddressKind::Other:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// A person has to look where the program that reads it may stand on the same machine or in the same network.
bool isSure(AddressKind kind, Reader reader, const Setting &setting)
{
    const bool isOfPlace = kind == AddressKind::OwnMachine || kind == AddressKind::OtherNetwork;
    return !setting.isEnvironmentGuessed && !(isOfPlace && reader != Reader::Everybody);
}

using Hosts = std::set<QString>;

// By their names.
std::map<QString, Hosts> hostsOf(const SettingsRead &read, Environment environment)
{
    std::map<QString, Hosts> hosts;
    for (const Setting &setting : read.settings) {
        const bool isOne = setting.environment == environment && setting.origin != Origin::Template &&
                           setting.state == ValueState::Set;
        if (!isOne)
            continue;
        if (const auto address = addressOf(setting))
            hosts[setting.name].insert(address->host);
    }
    return hosts;
}

// Where production has another host under the same name, staging's is staging's alone.
Hosts hostsOfStagingAlone(const SettingsRead &read)
{
    const auto live = hostsOf(read, Environment::Production);
    Hosts alone;
    for (const auto &[name, hosts] : hostsOf(read, Environment::Staging)) {
        const auto same = live.find(name);
        if (same == live.end())
            continue;
        for (const QString &host : hosts) {
            if (!same->second.contains(host))
                alone.insert(host);
        }
    }
    return alone;
}

class LiveLook
{
public:
    LiveLook(const SettingsRead &read, const Target &target)
        : m_read(read), m_target(target), m_ofStaging(hostsOfStagingAlone(read))
    {
    }

    LiveAddresses judge()
    {
        for (const Setting &setting : m_read.settings) {
            const bool isLive = setting.environment == Environment::Production && setting.origin != Origin::Template &&
                                setting.state == ValueState::Set;
            if (!isLive)
                continue;
            if (const auto address = addressOf(setting))
                look(setting, *address);
        }
        return std::move(m_found);
    }

private:
    // One of the product that nobody named as its own: services that both use are no test system.
    bool mayBeStaging(AddressKind kind, const QString &host) const
    {
        const bool isNamed = std::ranges::any_of(m_target.hosts, [&](const Host &one) { return one.name == host; });
        const bool isOwn = kind == AddressKind::Own || kind == AddressKind::OwnPlain;
        return !isNamed && (isOwn || (kind == AddressKind::Other && deploy::isOfHosting(host)));
    }

    void look(const Setting &setting, const deploy::CalledAddress &address)
    {
        const Reader reader = readerOf(setting.name);
        AddressKind kind = kindOf(address, m_target, reader);
        const bool isOfStaging = m_ofStaging.contains(address.host) && mayBeStaging(kind, address.host);
        if (isOfStaging)
            kind = AddressKind::OwnTest;
        const QString origin = address.origin();
        if (m_found.observed.size() < kMostObserved)
            m_found.observed.append(
                QJsonObject{{u"name"_s, setting.name}, {u"origin"_s, origin}, {u"kind"_s, deploy::toWord(kind)}});
        const auto words = wordsOf(kind);
        if (!words || isFine(kind, reader, address.host) || !m_seen.insert(setting.name + u' ' + words->code).second)
            return;
        const bool isCertain = isSure(kind, reader, setting) && !isOfStaging;
        const QString meaning =
            isOfStaging ? Text::tr("The settings of staging name this host, where production has another one.")
                        : words->meaning;
        Finding finding = settingFinding({.code = words->code,
                                          .severity = isCertain ? words->severity : Severity::Medium,
                                          .proof = isCertain ? Proof::Strong : Proof::Lead,
                                          .impact = words->impact,
                                          .title = words->title,
                                          .saw = Text::tr("%1 names %2. %3").arg(placeOf(setting), origin, meaning)},
                                         setting);
        finding.effortMinutes = 20;
        m_found.findings.push_back(std::move(finding));
    }

    const SettingsRead &m_read;
    const Target &m_target;
    const Hosts m_ofStaging;
    std::set<QString> m_seen; // a name and a code: several files may hold it
    LiveAddresses m_found;
};

} // namespace

LiveAddresses judgeLiveAddresses(const SettingsRead &read, const Target &target)
{
    return LiveLook(read, target).judge();
}

} // namespace cockpit::env
