#include "checks/secrets/dependencies/advisory.h"

#include "checks/secrets/dependencies/cvss.h"
#include "checks/secrets/dependencies/versionorder.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <compare>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Advisories)
};

constexpr qsizetype kMostAliases = 20;
constexpr qsizetype kMostVersions = 20'000; // of one package; the longest lists have some thousands
constexpr qsizetype kMostEvents = 1'000;
constexpr qsizetype kMostAffected = 2'000;
constexpr int kLongestSummary = 300;

bool isId(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z0-9][A-Za-z0-9._:-]{2,99}\\z"_s);
    return form.match(text).hasMatch();
}

void addEvents(std::vector<VersionEvent> &events, const QJsonValue &event)
{
    using enum VersionEvent::Kind;
    static const std::array<std::pair<QLatin1StringView, VersionEvent::Kind>, 4> kinds{
        {{"introduced"_L1, Introduced}, {"fixed"_L1, Fixed}, {"last_affected"_L1, LastAffected}, {"limit"_L1, Limit}}};
    for (const auto &[word, kind] : kinds) {
        const QString version = event[word].toString();
        if (!version.isEmpty())
            events.push_back({kind, version});
    }
}

AffectedPackage packageOf(const QJsonValue &affected, Ecosystem ecosystem)
{
    AffectedPackage package{ecosystem, affected["package"_L1]["name"_L1].toString(), {}, {}};
    for (const QJsonValue range : affected["ranges"_L1].toArray()) {
        const QString type = range["type"_L1].toString();
        if (type != "SEMVER"_L1 && type != "ECOSYSTEM"_L1)
            continue;
        std::vector<VersionEvent> events;
        for (const QJsonValue event : range["events"_L1].toArray()) {
            if (static_cast<qsizetype>(events.size()) < kMostEvents)
                addEvents(events, event);
        }
        package.ranges.push_back(std::move(events));
    }
    for (const QJsonValue version : affected["versions"_L1].toArray()) {
        if (package.versions.size() < kMostVersions)
            package.versions += version.toString();
    }
    return package;
}

std::optional<double> scoreIn(const QJsonValue &severities)
{
    std::optional<double> highest;
    for (const QJsonValue severity : severities.toArray()) {
        const auto score = cvssBaseScore(severity["score"_L1].toString());
        if (score && (!highest || *score > *highest))
            highest = score;
    }
    return highest;
}

// "MODERATE" is GitHub's word for medium.
std::optional<Severity> severityFromWord(const QString &word)
{
    const QString lower = word.toLower();
    return lower == "moderate"_L1 ? Severity::Medium : fromWord<Severity>(lower);
}

void readSeverity(Advisory &advisory, const QJsonObject &json)
{
    advisory.score = scoreIn(json["severity"_L1]);
    advisory.severity = severityFromWord(json["database_specific"_L1]["severity"_L1].toString());
    for (const QJsonValue affected : json["affected"_L1].toArray()) {
        if (!advisory.score)
            advisory.score = scoreIn(affected["severity"_L1]);
        if (!advisory.severity)
            advisory.severity = severityFromWord(affected["database_specific"_L1]["severity"_L1].toString());
    }
    if (advisory.score)
        advisory.severity = severityOfScore(*advisory.score);
}

// Where the package's version stands towards the event's; "0" is before all.
VersionOrder versus(const Dependency &package, const VersionEvent &event)
{
    if (event.version == "0"_L1)
        return std::weak_ordering::greater;
    return compareVersions(package.ecosystem, package.version, event.version);
}

// The schema's algorithm, without sorting: events that are behind the version change nothing, and of those before it
// the last one counts.
VersionVerdict judgeRange(const std::vector<VersionEvent> &events, const Dependency &package)
{
    using enum VersionEvent::Kind;
    const VersionEvent *last = nullptr; // the one that stands closest before the version
    const VersionEvent *next = nullptr; // the first repair behind it
    bool isWithinLimits = true;
    const auto isCloser = [&](const VersionEvent &one, const VersionEvent *than, bool before) {
        if (!than || than->version == "0"_L1)
            return true;
        const VersionOrder order = compareVersions(package.ecosystem, one.version, than->version);
        return one.version != "0"_L1 && order && (before ? std::is_gteq(*order) : std::is_lt(*order));
    };
    for (const VersionEvent &event : events) {
        const VersionOrder order = versus(package, event);
        if (!order)
            return {Affects::Unknown, {}};
        if (event.kind == Limit)
            isWithinLimits = isWithinLimits && (event.version == "*"_L1 || std::is_lt(*order));
        else if (event.kind == LastAffected ? std::is_gt(*order) : std::is_gteq(*order))
            last = isCloser(event, last, true) ? &event : last;
        else if (event.kind == Fixed && isCloser(event, next, false))
            next = &event;
    }
    if (!last || last->kind != Introduced || !isWithinLimits)
        return {};
    return {Affects::Yes, next ? next->version : QString()};
}

bool isAbout(const AffectedPackage &affected, const Dependency &package)
{
    return affected.ecosystem == package.ecosystem &&
           packageKey(affected.ecosystem, affected.name) == packageKey(package.ecosystem, package.name);
}

// PyPI's lists have "1.0" where a lock file has "1.0.0", Go's have no "v".
bool isListed(const QStringList &versions, const Dependency &package)
{
    return versions.contains(package.version) || std::ranges::any_of(versions, [&](const QString &version) {
               const VersionOrder order = compareVersions(package.ecosystem, version, package.version);
               return order && std::is_eq(*order);
           });
}

QString lower(const Dependency &package, const QString &one, const QString &other)
{
    if (one.isEmpty() || other.isEmpty())
        return one + other;
    const VersionOrder order = compareVersions(package.ecosystem, one, other);
    return order && std::is_gt(*order) ? other : one;
}

QString nextFixedIn(const AffectedPackage &affected, const Dependency &package)
{
    QString next;
    for (const auto &events : affected.ranges) {
        for (const VersionEvent &event : events) {
            const VersionOrder order = versus(package, event);
            if (event.kind == VersionEvent::Kind::Fixed && order && std::is_lt(*order))
                next = lower(package, next, event.version);
        }
    }
    return next;
}

// Both are about the version: what mends both is the later repair, and none where one of them has none.
VersionVerdict joined(const Dependency &package, const VersionVerdict &one, const VersionVerdict &other)
{
    if (one.affects != Affects::Yes || other.affects != Affects::Yes) {
        if (one.affects == Affects::Yes || other.affects == Affects::No)
            return one;
        return other;
    }
    if (one.fixed.isEmpty() || other.fixed.isEmpty())
        return {Affects::Yes, {}};
    return {Affects::Yes, lower(package, one.fixed, other.fixed) == one.fixed ? other.fixed : one.fixed};
}

VersionVerdict judgeAffected(const AffectedPackage &affected, const Dependency &package)
{
    VersionVerdict verdict;
    for (const auto &events : affected.ranges)
        verdict = joined(package, verdict, judgeRange(events, package));
    if (verdict.affects != Affects::Yes && isListed(affected.versions, package))
        return {Affects::Yes, nextFixedIn(affected, package)};
    return verdict;
}

} // namespace

Result<Advisory> readAdvisory(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    Advisory advisory{.id = object["id"_L1].toString()};
    if (!isId(advisory.id) || !object["affected"_L1].isArray())
        return failure(ErrorKind::BadInput, Text::tr("It is no advisory in OSV's form."));
    for (const QJsonValue alias : object["aliases"_L1].toArray()) {
        if (isId(alias.toString()) && advisory.aliases.size() < kMostAliases)
            advisory.aliases += alias.toString();
    }
    advisory.summary = plainText(object["summary"_L1].toString(), kLongestSummary);
    advisory.isMalicious = advisory.id.startsWith("MAL-"_L1);
    advisory.isWithdrawn = !object["withdrawn"_L1].toString().isEmpty();
    readSeverity(advisory, object);
    for (const QJsonValue affected : object["affected"_L1].toArray()) {
        const auto ecosystem = ecosystemFromWord(affected["package"_L1]["ecosystem"_L1].toString());
        if (ecosystem && static_cast<qsizetype>(advisory.affected.size()) < kMostAffected)
            advisory.affected.push_back(packageOf(affected, *ecosystem));
    }
    return advisory;
}

QString shownId(const Advisory &advisory)
{
    const auto cve = std::ranges::find_if(advisory.aliases, [](const QString &id) { return id.startsWith("CVE-"_L1); });
    return cve == advisory.aliases.end() ? advisory.id : *cve;
}

VersionVerdict judgeVersion(const Advisory &advisory, const Dependency &package)
{
    VersionVerdict verdict;
    if (advisory.isWithdrawn)
        return verdict;
    for (const AffectedPackage &affected : advisory.affected) {
        if (isAbout(affected, package))
            verdict = joined(package, verdict, judgeAffected(affected, package));
    }
    return verdict;
}

QString nextFixed(const Advisory &advisory, const Dependency &package)
{
    const VersionVerdict verdict = judgeVersion(advisory, package);
    if (verdict.affects == Affects::Yes)
        return verdict.fixed;
    QString next;
    for (const AffectedPackage &affected : advisory.affected) {
        if (isAbout(affected, package))
            next = lower(package, next, nextFixedIn(affected, package));
    }
    return next;
}

} // namespace cockpit
