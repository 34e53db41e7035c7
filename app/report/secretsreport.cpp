#include "app/report/secretsreport.h"

#include "checks/secrets/fingerprintkey.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

// A file as it is now, or the version of it that is checked out.
bool standsNow(const FoundSecret &place)
{
    return !place.history || place.history->isInHead || place.history->isStaged;
}

bool isAllowed(const FoundSecret &place)
{
    return place.hit.allowed.has_value();
}

// Who put a remark on the line as it is now meant its older versions, too: they cannot be changed any more.
bool isRemarked(const std::vector<FoundSecret> &places)
{
    const bool standsSomewhere = std::ranges::any_of(places, standsNow);
    return std::ranges::all_of(
        places, [&](const FoundSecret &place) { return isAllowed(place) || (standsSomewhere && !standsNow(place)); });
}

Standing standingOf(const std::vector<FoundSecret> &places, const std::set<QByteArray> &accepted)
{
    const SecretHit &hit = places.front().hit;
    const bool isPublic = std::ranges::all_of(
        places, [](const FoundSecret &place) { return place.hit.kind == LeakKind::PublicByDesign; });
    if (isPublic)
        return Standing::Public;
    if (isRemarked(places))
        return Standing::Remarked;
    return accepted.contains(hit.fingerprint) ? Standing::InBaseline : Standing::Open;
}

// Which version comes first where all else is the same: the older one, on each machine, whichever thread found it
// first.
std::tuple<QDateTime, QByteArray> versionOf(const FoundSecret &place)
{
    if (!place.history)
        return {};
    return {place.history->first ? place.history->first->authoredAt : QDateTime(), place.history->object};
}

void sortPlaces(std::vector<FoundSecret> &places, bool isRepository)
{
    const int ofFile = isRepository ? 3 : 0;
    const auto keyOf = [ofFile](const FoundSecret &place) {
        const int age = !place.history ? ofFile : standsNow(place) ? 1 : 2;
        return std::tuple(place.hit.kind == LeakKind::PublicByDesign, isAllowed(place), place.hit.severity, age,
                          place.isPacked(), place.path, place.hit.offset, versionOf(place));
    };
    std::ranges::stable_sort(
        places, [&](const FoundSecret &one, const FoundSecret &other) { return keyOf(one) < keyOf(other); });
}

// Nothing of the key of the fingerprints is in it, so that a report has one order on all machines.
void sortSecrets(std::vector<ReportedSecret> &secrets)
{
    const auto keyOf = [](const ReportedSecret &secret) {
        const FoundSecret &main = secret.main();
        return std::tuple(secret.severity, main.path, main.hit.offset, versionOf(main), main.hit.length,
                          main.hit.rule->id);
    };
    std::ranges::stable_sort(
        secrets, [&](const ReportedSecret &one, const ReportedSecret &other) { return keyOf(one) < keyOf(other); });
}

std::shared_ptr<const HistoryPlace> earliest(const std::vector<FoundSecret> &places)
{
    std::shared_ptr<const HistoryPlace> found;
    const auto keyOf = [](const HistoryPlace &place) { return std::tuple(place.reach, place.first->authoredAt); };
    for (const FoundSecret &place : places) {
        if (place.history && place.history->first && (!found || keyOf(*place.history) < keyOf(*found)))
            found = place.history;
    }
    return found;
}

// Whether git was asked for all that the files were: where it was not, that it knows nothing of a value says nothing.
enum class HistoryLook { None, InPart, Whole };

HistoryLook lookOf(const std::optional<HistoryScan> &history)
{
    if (!history)
        return HistoryLook::None;
    return history->gaps.isEmpty() && history->unseen == 0 && !history->isStopped ? HistoryLook::Whole
                                                                                  : HistoryLook::InPart;
}

// Found in what a history passes over: the strings of a program, settings with bytes of no text.
bool isPassedOverByHistory(const FoundSecret &place)
{
    return !place.history && (place.hit.through == Through::Strings || place.isInBinary);
}

ReportedSecret reported(std::vector<FoundSecret> places, const std::set<QByteArray> &accepted, HistoryLook look,
                        bool isRepository)
{
    sortPlaces(places, isRepository);
    ReportedSecret secret;
    secret.standing = standingOf(places, accepted);
    secret.severity = places.front().hit.severity;
    secret.history = earliest(places);
    const bool isInHead =
        std::ranges::any_of(places, [](const FoundSecret &place) { return place.history && place.history->isInHead; });
    const bool isPassedOver = std::ranges::any_of(places, isPassedOverByHistory);
    const bool isWhole = look == HistoryLook::Whole && !isPassedOver;
    const bool isInFiles = std::ranges::any_of(places, [](const FoundSecret &place) { return !place.history; });
    secret.isHalfLookedUp = look != HistoryLook::None && isInFiles && !isInHead && !isWhole;
    secret.isPassedOver = secret.isHalfLookedUp && isPassedOver;
    if (look != HistoryLook::None && !secret.isHalfLookedUp)
        secret.isInHead = isInHead;
    secret.places = std::move(places);
    return secret;
}

// How many there were.
qint64 dropUnreasonedMarks(std::vector<FoundSecret> &places)
{
    qint64 dropped = 0;
    for (FoundSecret &place : places) {
        if (isAllowed(place) && place.hit.allowed->isEmpty()) {
            place.hit.allowed.reset();
            ++dropped;
        }
    }
    return dropped;
}

} // namespace

qsizetype SecretsReport::valuesThatAre(Standing standing) const
{
    return std::ranges::count(secrets, standing, &ReportedSecret::standing);
}

bool SecretsReport::hasReadNothing() const
{
    const bool isSomethingThere = scan.walk.files > 0 || hasUnseen() || (history && history->counts.files > 0);
    const qint64 looked = files() + versions() + (history ? history->counts.messages : 0);
    return isSomethingThere && looked == 0;
}

QStringList SecretsReport::gaps() const
{
    QStringList sentences = scan.archiveGaps + (history ? history->gaps : QStringList());
    if (needsHistory())
        sentences.prepend(Text::tr("This folder is a git repository itself, and most of what it holds is packed: its "
                                   "files say little of it. Use --history."));
    else if (isRepository)
        sentences += Text::tr("This folder is a git repository itself: its objects, references and index were looked "
                              "at as its history, and not as files.");
    return sentences;
}

qint64 SecretsReport::binaries() const
{
    return scan.binaries + scan.archivedBinaries + (history ? history->binaries + history->archivedBinaries : 0);
}

SecretsReport makeSecretsReport(SecretsFound found, const std::set<QByteArray> &accepted, const QString &toolVersion,
                                LookAt look)
{
    SecretsReport report;
    report.isOfChange = look == LookAt::Change;
    if (report.isOfChange && found.history)
        report.unreasonedMarks = dropUnreasonedMarks(found.history->found);
    report.isRepository = found.isRepository;
    report.toolVersion = toolVersion;
    std::map<QByteArray, std::vector<FoundSecret>> byFingerprint;
    const auto take = [&byFingerprint](std::vector<FoundSecret> &places) {
        for (FoundSecret &place : places)
            byFingerprint[place.hit.fingerprint].push_back(std::move(place));
        places.clear();
    };
    take(found.files.found);
    if (found.history)
        take(found.history->found);
    for (auto &[fingerprint, places] : byFingerprint)
        report.secrets.push_back(reported(std::move(places), accepted, lookOf(found.history), found.isRepository));
    sortSecrets(report.secrets);
    report.scan = std::move(found.files);
    report.history = std::move(found.history);
    return report;
}

void renewFingerprints(SecretsReport &report, const QByteArray &key)
{
    for (ReportedSecret &secret : report.secrets) {
        for (FoundSecret &place : secret.places) {
            const QByteArray &made = place.hit.fingerprint;
            place.hit.fingerprint = fingerprintOf({made.constData(), static_cast<size_t>(made.size())}, key);
        }
    }
}

bool reaches(const SecretsReport &report, Severity threshold)
{
    return std::ranges::any_of(report.secrets, [threshold](const ReportedSecret &secret) {
        return secret.standing == Standing::Open && secret.severity <= threshold;
    });
}

} // namespace cockpit
