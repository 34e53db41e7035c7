#include "checks/exposure/bundlehints.h"

#include "checks/exposure/featureflags.h"
#include "checks/exposure/testlogins.h"
#include "checks/secrets/textscanner.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;
using deploy::AddressKind;
using deploy::Use;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BundleHints)
};

constexpr size_t kMostAddresses = 20;
constexpr size_t kMostFlags = 500;
constexpr size_t kMostLogins = 20;
constexpr qsizetype kMostNamed = 10; // in a sentence

bool isOfTests(AddressKind kind)
{
    return kind == AddressKind::OwnTest || kind == AddressKind::Preview || kind == AddressKind::Tunnel ||
           kind == AddressKind::ProviderTest;
}

// Libraries of payment services have both, and choose while they run.
bool hasLiveHost(std::string_view text, const QString &host)
{
    return !host.isEmpty() && text.find("://" + host.toStdString()) != std::string_view::npos;
}

void addAddress(const deploy::CalledAddress &address, AddressKind kind, const QString &place, BundleHints &hints)
{
    const QString origin = address.origin();
    const auto known = hints.addresses.find(origin);
    if (known == hints.addresses.end()) {
        if (hints.addresses.size() < kMostAddresses)
            hints.addresses.emplace(origin, AddressHint{address, kind, place});
        return;
    }
    if (known->second.address.use != Use::Call && address.use == Use::Call)
        known->second = {address, kind, place};
}

QString textOf(std::string_view bytes)
{
    return quoted(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

// Of an address its domain: the rest of it may be a person's.
QString shownUser(std::string_view user)
{
    const size_t at = user.find('@');
    return textOf(at == std::string_view::npos ? user : user.substr(at));
}

void addLogin(const TestLogin &login, const QString &place, BundleHints &hints)
{
    const LoginHint hint{.name = textOf(login.name),
                         .user = shownUser(login.user),
                         .masked = maskedSecret(login.password),
                         .place = place};
    const bool isKnown = std::ranges::any_of(hints.logins, [&hint](const LoginHint &one) {
        return one.name == hint.name && one.user == hint.user && one.masked == hint.masked;
    });
    if (!isKnown && hints.logins.size() < kMostLogins)
        hints.logins.push_back(hint);
}

struct Words
{
    QString code;
    Impact impact = Impact::Downtime;
    QString title;
    QString meaning;
};

Words wordsOf(AddressKind kind)
{
    switch (kind) {
    case AddressKind::Preview:
        return {u"preview_address"_s, Impact::Downtime, Text::tr("The code names a preview deployment"),
                Text::tr("Previews are of one branch, and are deleted or closed without notice.")};
    case AddressKind::Tunnel:
        return {u"tunnel_address"_s, Impact::Downtime, Text::tr("The code names a developer's machine"),
                Text::tr("This address leads through a tunnel to one computer, and ends when it sleeps.")};
    case AddressKind::ProviderTest:
        return {u"provider_test_address"_s, Impact::Downtime, Text::tr("The code names a provider's test system"),
                Text::tr("Payments and orders there are not real.")};
    case AddressKind::OwnTest:
    case AddressKind::Own:
    case AddressKind::OwnPlain:
    case AddressKind::OwnMachine:
    case AddressKind::OtherNetwork:
    case AddressKind::Library:
    case AddressKind::Other:
        break; // of the others none is kept
    }
    return {u"staging_address"_s, Impact::DataExposure, Text::tr("The code names your test system"),
            Text::tr("Test systems are often open and hold copies of real data, and what customers do there is lost.")};
}

// Handed to what calls it, and nothing else of the product is: then this is what the page works with. Else it is a list
// of addresses from which the code chooses, and tells where the test system is.
bool isInUse(const AddressHint &hint, const BundleHints &hints)
{
    return hint.address.use == Use::Call && !hints.callsProduction;
}

Finding findingOf(const QString &origin, const AddressHint &hint, const BundleHints &hints)
{
    const Words words = wordsOf(hint.kind);
    const bool isSure = isInUse(hint, hints);
    const QString how = isSure ? Text::tr("%1 calls %2. %3") : Text::tr("%1 names %2. %3");
    Finding finding =
        makeFinding(words.code, isSure ? Severity::Medium : Severity::Low, isSure ? Proof::Strong : Proof::Lead,
                    words.impact, words.title, how.arg(hint.place, origin, words.meaning));
    finding.subject = origin;
    finding.effortMinutes = 20;
    finding.evidence = {{hint.place, origin + hint.address.path}};
    return finding;
}

// Those first that say something to a stranger.
bool isTelling(const QString &name)
{
    constexpr std::array words{"admin"_L1, "debug"_L1,      "internal"_L1, "bypass"_L1, "skip"_L1,
                               "mock"_L1,  "impersonat"_L1, "paywall"_L1,  "auth"_L1,   "beta"_L1};
    return std::ranges::any_of(words,
                               [&name](QLatin1StringView word) { return name.contains(word, Qt::CaseInsensitive); });
}

Finding findingOfFlags(const BundleHints &hints)
{
    QStringList telling;
    QStringList others;
    std::vector<Evidence> evidence;
    int off = 0;
    for (const auto &[name, flag] : hints.flags) {
        (isTelling(name) ? telling : others) << name;
        off += flag.isOn ? 0 : 1;
        if (evidence.size() < static_cast<size_t>(kMostNamed))
            evidence.push_back({flag.place, flag.isOn ? Text::tr("%1: on").arg(name) : Text::tr("%1: off").arg(name)});
    }
    const QStringList names = telling + others;
    const QString shown = names.mid(0, kMostNamed).join(u", "_s) + (names.size() > kMostNamed ? u", …"_s : QString());
    const QString many = Text::tr("%n feature(s) can be switched in the code that browsers get", nullptr,
                                  static_cast<int>(hints.flags.size()));
    Finding finding = makeFinding(u"feature_flags"_s, Severity::Low, Proof::Lead, Impact::DataExposure,
                                  Text::tr("The code shows which features can be switched on"),
                                  Text::tr("%1, %2 of them are off: %3. Visitors see what you plan, and can switch on "
                                           "whatever the browser alone decides.")
                                      .arg(many, QString::number(off), shown));
    finding.effortMinutes = 30;
    finding.evidence = std::move(evidence);
    return finding;
}

QString labelOf(const LoginHint &login)
{
    if (login.name.isEmpty())
        return Text::tr("a field for passwords that is filled in (%1)").arg(login.masked);
    return login.user.isEmpty() ? Text::tr("%1 (%2)").arg(login.name, login.masked)
                                : Text::tr("%1 (%2) of %3").arg(login.name, login.masked, login.user);
}

Finding findingOfLogins(const BundleHints &hints)
{
    const LoginHint &first = hints.logins.front();
    QString saw = Text::tr("%1 holds %2.").arg(first.place, labelOf(first));
    if (hints.logins.size() > 1)
        saw += u' ' + Text::tr("There are %n more.", nullptr, static_cast<int>(hints.logins.size() - 1));
    Finding finding = makeFinding(
        u"test_credentials"_s, Severity::Medium, Proof::Lead, Impact::AccountTakeover,
        Text::tr("A login stands in the code that every visitor gets"),
        saw + u' ' + Text::tr("If it works on your live product, everybody can sign in with it: try it there."));
    finding.effortMinutes = 30;
    for (const LoginHint &login : hints.logins)
        finding.evidence.push_back({login.place, labelOf(login)});
    return finding;
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

void addHints(const BundleFile &file, const QString &place, const Target &target, BundleHints &hints)
{
    const std::string_view text(file.code.constData(), static_cast<size_t>(file.code.size()));
    const QString page = file.url.host();
    deploy::findCalledAddresses(text, false, [&](const deploy::CalledAddress &address) {
        const AddressKind kind = deploy::kindOf(address, target);
        if (address.host == page) // it is the one that is looked at
            return;
        hints.callsProduction = hints.callsProduction || (kind == AddressKind::Own && address.use == Use::Call);
        if (isOfTests(kind) && !hasLiveHost(text, deploy::liveHostOf(address.host)))
            addAddress(address, kind, place, hints);
    });
    findFeatureFlags(text, [&](const QString &name, bool isOn) {
        if (hints.flags.size() < kMostFlags)
            hints.flags.try_emplace(quoted(name.toUtf8()), FlagHint{isOn, place});
    });
    findTestLogins(text, [&](const TestLogin &login) { addLogin(login, place, hints); });
}

std::vector<Finding> findingsOf(const BundleHints &hints)
{
    std::vector<Finding> findings;
    for (const auto &[origin, hint] : hints.addresses)
        findings.push_back(findingOf(origin, hint, hints));
    if (!hints.logins.empty())
        findings.push_back(findingOfLogins(hints));
    if (!hints.flags.empty())
        findings.push_back(findingOfFlags(hints));
    return findings;
}

void insertHints(const BundleHints &hints, QJsonObject &observed)
{
    QJsonArray addresses;
    for (const auto &[origin, hint] : hints.addresses)
        addresses.append(
            QJsonObject{{u"origin"_s, origin}, {u"kind"_s, deploy::toWord(hint.kind)}, {u"file"_s, hint.place}});
    QJsonArray flags;
    for (const auto &[name, flag] : hints.flags)
        flags.append(QJsonObject{{u"name"_s, name}, {u"on"_s, flag.isOn}});
    QJsonArray logins;
    for (const LoginHint &login : hints.logins)
        logins.append(QJsonObject{{u"name"_s, textOrNull(login.name)},
                                  {u"user"_s, textOrNull(login.user)},
                                  {u"masked"_s, login.masked},
                                  {u"file"_s, login.place}});
    observed.insert(u"test_addresses"_s, addresses);
    observed.insert(u"feature_flags"_s, flags);
    observed.insert(u"test_logins"_s, logins);
}

} // namespace cockpit
