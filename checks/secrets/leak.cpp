#include "checks/secrets/leak.h"

#include "checks/secrets/candidate.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Leak)
};

LeakPlace placeOf(const FoundSecret &found)
{
    const bool hasLine = !found.isInName && !(found.history && isPerson(found.history->kind));
    LeakPlace place{shownPlace(found), hasLine ? found.hit.line : 0};
    place.isInName = found.isInName;
    if (!found.history)
        return place;
    place.isInHead = found.history->isInHead;
    if (const auto &first = found.history->first) {
        if (!isOfTag(found.history->kind)) // its id is the tag's own, and the place names it
            place.commit = QString::fromLatin1(first->id);
        place.author = first->author;
        place.at = first->authoredAt;
    }
    return place;
}

Leak leakOf(const FoundSecret &found)
{
    const LeakRule &rule = *found.hit.rule;
    return {.ruleId = rule.id,
            .name = rule.name,
            .kind = found.hit.kind,
            .severity = found.hit.severity,
            .isGeneric = isGeneric(rule),
            .opens = rule.opens,
            .rotate = rule.rotate,
            .masked = found.hit.masked,
            .fingerprint = found.hit.fingerprint,
            .places = {placeOf(found)},
            .placeCount = 1,
            .history = leakHistoryOf(found),
            .allowed = found.hit.allowed,
            .markTrouble = found.hit.markTrouble,
            .isWeak = found.hit.isWeak};
}

bool isPublic(const Leak &leak)
{
    return leak.kind == LeakKind::PublicByDesign;
}

// The same characters may be a key for browsers in one place and one that costs money in another: the graver counts.
bool isGraver(const Leak &one, const Leak &other)
{
    if (isPublic(one) != isPublic(other))
        return isPublic(other);
    // A rule that knows the key by its shape says more than one that knows it by its name.
    return std::tuple(one.severity, one.isGeneric) < std::tuple(other.severity, other.isGeneric);
}

// One remark does not speak for another place of the same value; a place where it is public needs none.
std::optional<QString> allowedIn(const Leak &one, const Leak &other)
{
    if (isPublic(one) != isPublic(other))
        return isPublic(one) ? other.allowed : one.allowed;
    return one.allowed && other.allowed ? other.allowed : std::nullopt;
}

std::optional<GitStanding> outsideGitOf(const Leak &one, const Leak &other)
{
    if (!one.outsideGit || !other.outsideGit)
        return std::nullopt;
    return *one.outsideGit == GitStanding::Untracked ? one.outsideGit : other.outsideGit;
}

void add(Leak &leak, Leak other)
{
    const auto allowed = allowedIn(leak, other);
    const auto outsideGit = outsideGitOf(leak, other);
    const bool isHalfLookedUp = leak.isHalfLookedUp || other.isHalfLookedUp;
    const MarkTrouble trouble = leak.markTrouble == MarkTrouble::None ? other.markTrouble : leak.markTrouble;
    const bool isWeak = leak.isWeak || other.isWeak;
    if (isGraver(other, leak))
        std::swap(leak, other);
    leak.allowed = allowed;
    leak.outsideGit = outsideGit;
    leak.isHalfLookedUp = isHalfLookedUp;
    leak.markTrouble = trouble;
    leak.isWeak = isWeak;
    addHistory(leak.history, other.history);
    leak.placeCount += other.placeCount;
    leak.places.insert(leak.places.end(), other.places.begin(), other.places.end());
    if (leak.places.size() > Leak::kMostPlaces)
        leak.places.resize(Leak::kMostPlaces);
}

void sortByGravity(std::vector<Leak> &leaks)
{
    std::ranges::sort(leaks, [](const Leak &one, const Leak &other) {
        return std::tuple(one.severity, one.isGeneric, one.places.front().path, one.places.front().line,
                          one.fingerprint) < std::tuple(other.severity, other.isGeneric, other.places.front().path,
                                                        other.places.front().line, other.fingerprint);
    });
}

std::vector<Leak> sorted(std::map<QByteArray, Leak> &&byFingerprint)
{
    std::vector<Leak> leaks;
    leaks.reserve(byFingerprint.size());
    for (auto &[fingerprint, leak] : byFingerprint)
        leaks.push_back(std::move(leak));
    sortByGravity(leaks);
    return leaks;
}

void addTo(std::map<QByteArray, Leak> &byFingerprint, Leak leak)
{
    const auto [known, isNew] = byFingerprint.try_emplace(leak.fingerprint, leak);
    if (!isNew)
        add(known->second, leak);
}

} // namespace

bool isOpenLeak(const Leak &leak)
{
    return !isPublic(leak) && !leak.allowed;
}

LeakRefs openOnes(const std::vector<Leak> &leaks)
{
    LeakRefs open;
    for (const Leak &leak : leaks) {
        if (isOpenLeak(leak))
            open.push_back(&leak);
    }
    return open;
}

std::vector<Leak> leaksOf(const std::vector<FoundSecret> &found)
{
    std::map<QByteArray, Leak> byFingerprint;
    for (const FoundSecret &each : found)
        addTo(byFingerprint, leakOf(each));
    return sorted(std::move(byFingerprint));
}

std::vector<Leak> mergedLeaks(std::vector<Leak> leaks, const std::vector<Leak> &more)
{
    std::map<QByteArray, Leak> byFingerprint;
    for (Leak &leak : leaks)
        addTo(byFingerprint, std::move(leak));
    for (const Leak &leak : more)
        addTo(byFingerprint, leak);
    return sorted(std::move(byFingerprint));
}

QString labelOf(Opens value)
{
    switch (value) {
    case Opens::Money:
        return Text::tr("payments and money");
    case Opens::CustomerData:
        return Text::tr("customers' data");
    case Opens::Infrastructure:
        return Text::tr("servers and the cloud account");
    case Opens::SourceCode:
        return Text::tr("the code");
    case Opens::SendingMail:
        return Text::tr("sending mail in your name");
    case Opens::Messages:
        return Text::tr("chats and messages");
    case Opens::AiBills:
        return Text::tr("AI services on your bill");
    case Opens::SignIn:
        return Text::tr("signing in as anybody");
    case Opens::Domain:
        return Text::tr("the domain and its records");
    case Opens::Files:
        return Text::tr("stored files");
    case Opens::Logs:
        return Text::tr("logs and measurements");
    case Opens::Nothing:
        return Text::tr("nothing by itself");
    }
    Q_UNREACHABLE();
}

QString labelsOf(const std::vector<Opens> &opens)
{
    QStringList labels;
    for (const Opens each : opens) {
        if (each != Opens::Nothing)
            labels << labelOf(each);
    }
    return labels.join(u", "_s);
}

Impact impactOf(const std::vector<Opens> &opens)
{
    Impact gravest = Impact::Maintainability;
    for (const Opens each : opens) {
        switch (each) {
        case Opens::SignIn:
        case Opens::Domain:
        case Opens::Infrastructure:
            gravest = std::min(gravest, Impact::AccountTakeover);
            break;
        case Opens::CustomerData:
        case Opens::Files:
        case Opens::Messages:
        case Opens::SourceCode:
            gravest = std::min(gravest, Impact::DataExposure);
            break;
        case Opens::SendingMail:
            gravest = std::min(gravest, Impact::EmailDelivery);
            break;
        case Opens::Money:
        case Opens::AiBills:
            gravest = std::min(gravest, Impact::CostAbuse);
            break;
        case Opens::Logs:
        case Opens::Nothing:
            break;
        }
    }
    return gravest;
}

} // namespace cockpit
