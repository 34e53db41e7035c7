#include "models/access/permission.h"

#include "models/hostname.h"
#include "models/publicsuffix.h"
#include "models/secretsinventory.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Permission)
};

constexpr qsizetype kTokenLength = 32;
constexpr qsizetype kLongestName = 200;
// Of two clocks that agree well enough.
constexpr int kClockSkewSeconds = 300;

constexpr std::array<WordRow<ControlMethod>, 3> kMethods{{
    {ControlMethod::TxtRecord, "txt_record", QT_TRANSLATE_NOOP("Permission", "A TXT record")},
    {ControlMethod::WellKnownFile, "well_known_file", QT_TRANSLATE_NOOP("Permission", "A file on the site")},
    {ControlMethod::Loopback, "loopback", QT_TRANSLATE_NOOP("Permission", "It runs on this computer")},
}};

// Names that nobody can own (RFC 6761 section 6): what answers there is on this machine or its network.
bool isReservedName(const QString &name)
{
    static constexpr std::array reserved{"test"_L1, "localhost"_L1};
    return std::ranges::any_of(reserved, [&](QLatin1StringView top) { return name.section(u'.', -1) == top; });
}

bool isPast(const QDateTime &at, const QDateTime &now)
{
    return at.isValid() && at <= now.addSecs(kClockSkewSeconds);
}

bool hasAgreement(const Permission &permission, const Target &target, const QDateTime &now)
{
    return !permission.agreedBy.trimmed().isEmpty() && isPast(permission.agreedAt, now) &&
           permission.agreedFor == target.domain;
}

PermissionState proofState(const Permission &permission, const Target &target, const QDateTime &now)
{
    if (!permission.proof || !isPast(permission.proof->provenAt, now))
        return PermissionState::NotProven;
    const bool coversAny =
        std::ranges::any_of(target.hosts, [&](const Host &host) { return coversHost(*permission.proof, host.name); });
    if (!coversAny)
        return PermissionState::OtherTarget;
    return provenUntil(permission) <= now ? PermissionState::Expired : PermissionState::Given;
}

bool isMore(const ActiveBudget &wanted, const ActiveBudget &agreed)
{
    return wanted.requests > agreed.requests || wanted.perSecond > agreed.perSecond ||
           wanted.lockableAccounts > agreed.lockableAccounts;
}

} // namespace

COCKPIT_WORDS(ControlMethod, kMethods, controlMethodFromWord)

QString labelOf(ControlMethod value)
{
    return Text::tr(rowOf(kMethods, value).label);
}

Result<ActiveBudget> checkedBudget(const ActiveBudget &budget)
{
    if (budget.requests < 1 || budget.requests > kMostActiveRequests)
        return failure(ErrorKind::BadInput,
                       Text::tr("A run may send between 1 and %1 requests.").arg(kMostActiveRequests));
    if (!std::isfinite(budget.perSecond) || budget.perSecond < kFewestActivePerSecond ||
        budget.perSecond > kMostActivePerSecond)
        return failure(ErrorKind::BadInput,
                       Text::tr("Choose between %1 and %2 requests a second.")
                           .arg(QString::number(kFewestActivePerSecond), QString::number(kMostActivePerSecond)));
    if (budget.lockableAccounts < 0 || budget.lockableAccounts > kMostLockableAccounts)
        return failure(ErrorKind::BadInput,
                       Text::tr("At most %1 test accounts may end up locked out.").arg(kMostLockableAccounts));
    return budget;
}

QString newControlToken()
{
    static constexpr QByteArrayView kAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    QString token;
    for (qsizetype i = 0; i < kTokenLength; ++i)
        token += QLatin1Char(kAlphabet[QRandomGenerator::system()->bounded(static_cast<int>(kAlphabet.size()))]);
    return token;
}

bool isControlToken(const QString &text)
{
    return text.size() == kTokenLength && std::ranges::all_of(text, [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-' ||
                      c == u'_';
           });
}

QDateTime provenUntil(const Permission &permission)
{
    if (!permission.proof || !permission.proof->provenAt.isValid())
        return {};
    return permission.proof->provenAt.addSecs(std::chrono::seconds(kControlValidFor).count());
}

bool isLoopbackTarget(const Target &target)
{
    return !target.hosts.empty() &&
           std::ranges::all_of(target.hosts, [](const Host &host) { return hostname::isLoopback(host.name); });
}

bool coversHost(const ControlProof &proof, const QString &host)
{
    // Whoever publishes under "co.uk" speaks for nobody below it.
    if (proof.domain.isEmpty() || isPublicSuffix(proof.domain) || !proof.domain.contains(u'.'))
        return false;
    if (proof.method == ControlMethod::Loopback && !isReservedName(proof.domain))
        return false;
    return isWithin(host, proof.domain);
}

QStringList permittedHosts(const Permission &permission, const Target &target)
{
    QStringList hosts;
    for (const Host &host : target.hosts) {
        const bool isCovered =
            hostname::isLoopback(host.name) || (permission.proof && coversHost(*permission.proof, host.name));
        if (host.role != HostRole::Mail && isCovered && !hosts.contains(host.name))
            hosts << host.name;
    }
    return hosts;
}

PermissionState permissionState(const Permission &permission, const Target &target, const QDateTime &now)
{
    if (permission.stopped)
        return PermissionState::Stopped;
    if (!isLoopbackTarget(target)) {
        const PermissionState state = proofState(permission, target, now);
        if (state != PermissionState::Given)
            return state;
    }
    return hasAgreement(permission, target, now) ? PermissionState::Given : PermissionState::NotAgreed;
}

QString sentenceOf(PermissionState state)
{
    switch (state) {
    case PermissionState::NotProven:
        return Text::tr("Show first that this product is yours: publish the token as a TXT record or as a file.");
    case PermissionState::Expired:
        return Text::tr("You showed that this product is yours more than 7 days ago. Check the token again.");
    case PermissionState::NotAgreed:
        return Text::tr("Sends test attacks, and nobody has agreed to that for this product yet.");
    case PermissionState::OtherTarget:
        return Text::tr("You showed that another product is yours, and not this one. Publish the token here.");
    case PermissionState::Stopped:
        return Text::tr("Test attacks are switched off. Switch them on again on the page \"Access\".");
    case PermissionState::Given:
        return Text::tr("Test attacks are permitted.");
    }
    Q_UNREACHABLE();
}

Result<Permission> withAgreement(Permission permission, const Target &target, const QString &by, const QDateTime &now)
{
    permission.agreedBy = by.simplified();
    permission.agreedAt = now;
    permission.agreedFor = target.domain;
    if (permission.agreedBy.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("Write who agrees, so that it can be asked later."));
    return checkedPermission(std::move(permission));
}

Result<Permission> withBudget(Permission permission, const ActiveBudget &budget)
{
    const auto checked = checkedBudget(budget);
    if (!checked)
        return tl::unexpected(checked.error());
    if (isMore(*checked, permission.budget)) {
        permission.agreedBy.clear();
        permission.agreedAt = {};
        permission.agreedFor.clear();
    }
    permission.budget = *checked;
    return permission;
}

QString txtRecordName(const QString &domain)
{
    return u"_launch-cockpit."_s + domain;
}

QString txtRecordValue(const QString &token)
{
    return u"launch-cockpit-verification="_s + token;
}

QString wellKnownPath()
{
    return u"/.well-known/launch-cockpit.txt"_s;
}

bool publishesToken(const QByteArray &text, const QString &token)
{
    constexpr qsizetype kLongest = 8192;
    constexpr qsizetype kMostLines = 20;
    if (!isControlToken(token))
        return false;
    const QByteArray start = text.left(kLongest);
    const QList<QByteArray> lines = (start.startsWith("\xef\xbb\xbf") ? start.sliced(3) : start).split('\n');
    return std::any_of(lines.begin(), lines.begin() + std::min(lines.size(), kMostLines), [&](const QByteArray &line) {
        const QByteArray published = line.trimmed();
        return published == token.toLatin1() || published == txtRecordValue(token).toLatin1();
    });
}

Result<Permission> checkedPermission(Permission permission)
{
    const auto budget = checkedBudget(permission.budget);
    if (!budget)
        return tl::unexpected(budget.error());
    if (!permission.token.isEmpty() && !isControlToken(permission.token))
        return failure(ErrorKind::BadInput, Text::tr("The token of this project is none of Launch Cockpit."));
    if (permission.agreedBy.size() > kLongestName || looksLikeValue(permission.agreedBy))
        return failure(ErrorKind::BadInput, Text::tr("Write the name of a person as who agrees."));
    if (permission.proof) {
        const auto name = normaliseHostName(permission.proof->domain);
        if (!name || *name != permission.proof->domain)
            return failure(ErrorKind::BadInput, Text::tr("Control was shown for something that is no domain."));
    }
    return permission;
}

} // namespace cockpit
