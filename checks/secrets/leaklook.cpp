#include "checks/secrets/leaklook.h"

#include "checks/secrets/compiledrules.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/maskednames.h"
#include "checks/secrets/outsidegit.h"
#include "checks/secrets/ownsettings.h"
#include "checks/secrets/runfingerprint.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakLook)
};

ScanSettings settingsFor(const QByteArray &fingerprintKey, const ProbeContext &context)
{
    return {.key = fingerprintKey, .token = context.token.boundedBy(context.deadline)};
}

QStringList gapsOf(const TreeScan &scan)
{
    QStringList gaps = scan.archiveGaps;
    if (scan.walk.unreadable > 0)
        gaps << Text::tr("%n file(s) or folder(s) could not be read.", nullptr, static_cast<int>(scan.walk.unreadable));
    if (scan.cutFiles > 0)
        gaps << Text::tr("%n file(s) hold more than can be listed.", nullptr, static_cast<int>(scan.cutFiles));
    if (scan.outside.count > 0)
        gaps << sentenceOf(scan.outside);
    if (scan.walk.isStopped)
        gaps << Text::tr("The time was over before all files were read.");
    return gaps;
}

// One for each file, in the order of their names.
void addFiles(const std::vector<FoundSecret> &found, GitStanding standing, std::vector<OwnSettingsFile> &files)
{
    std::map<QByteArray, std::vector<FoundSecret>> byPath;
    for (const FoundSecret &one : found)
        byPath[one.path].push_back(one);
    files.reserve(files.size() + byPath.size());
    for (const auto &[path, inFile] : byPath)
        files.push_back({shownPath(path), standing, leaksOf(inFile)});
}

LeakReport reportOf(const TreeScan &scan)
{
    return {.leaks = leaksOf(scan.found),
            .files = scan.walk.files - scan.binaries + scan.archivedTexts,
            .programs = scan.programs,
            .passedOver = scan.binaries + scan.archivedBinaries,
            .bytes = scan.bytes,
            .links = scan.walk.links,
            .special = scan.walk.special,
            .gaps = gapsOf(scan)};
}

LeakReport reportOf(const HistoryScan &scan)
{
    QStringList gaps = scan.gaps;
    if (scan.isStopped)
        gaps << Text::tr("The time was over before all of the history was read.");
    return {.leaks = leaksOf(scan.found),
            .files = scan.counts.files - scan.binaries,
            .passedOver = scan.binaries + scan.archivedBinaries,
            .bytes = scan.bytes,
            .gaps = gaps};
}

// A file may be called after a key, and an author after a token. Also of a look that was stopped.
Result<TextScanner> maskScanner(const std::shared_ptr<const PatternSet> &patterns, const QByteArray &key)
{
    return TextScanner::make(patterns, {.key = key, .token = CancelToken()});
}

Result<LeakReport> maskedReport(HistoryScan scan, TextScanner scanner)
{
    return NameMask(scanner).mask(scan).map([&scan] { return reportOf(scan); });
}

// What git says of the files, which it is asked by their true names.
struct Standings
{
    std::map<GitStanding, std::vector<FoundSecret>> own; // settings that it does not have
    std::map<QByteArray, GitStanding> outside;           // of the rest, by fingerprint
};

Standings standingsIn(const QString &root, TreeScan &scan, const CancelToken &token)
{
    Standings standings{.own = takeOwnSettings(root, scan.found, token), .outside = {}};
    standings.outside = fingerprintsOutsideGit(root, scan.found, token);
    return standings;
}

Result<LeakReport> maskedReport(TreeScan scan, Standings standings, TextScanner scanner)
{
    NameMask mask(scanner);
    if (auto masked = mask.mask(scan); !masked)
        return tl::unexpected(std::move(masked.error()));
    LeakReport report = reportOf(scan);
    for (Leak &leak : report.leaks) {
        if (const auto one = standings.outside.find(leak.fingerprint); one != standings.outside.end())
            leak.outsideGit = one->second;
    }
    for (auto &part : standings.own) {
        TreeScan scanned;
        scanned.found.swap(part.second);
        if (auto masked = mask.mask(scanned); !masked)
            return tl::unexpected(std::move(masked.error()));
        addFiles(scanned.found, part.first, report.ownSettings);
    }
    return report;
}

void setBefore(QString &path, const QString &root)
{
    path = root + u'/' + path;
}

// Several sources as one: paths are told apart by the source's own where there is more than one.
void add(LeakReport &all, LeakReport one, const QString &root, bool isOnly)
{
    if (!isOnly) {
        for (Leak &leak : one.leaks)
            for (LeakPlace &place : leak.places)
                setBefore(place.path, root);
        for (OwnSettingsFile &file : one.ownSettings)
            setBefore(file.path, root);
    }
    all.leaks = mergedLeaks(std::move(all.leaks), one.leaks);
    std::ranges::move(one.ownSettings, std::back_inserter(all.ownSettings));
    all.files += one.files;
    all.programs += one.programs;
    all.passedOver += one.passedOver;
    all.bytes += one.bytes;
    all.links += one.links;
    all.special += one.special;
    all.gaps += one.gaps;
}

// What a build makes and what customers install is handed out whole, whatever git says of it.
LeakReport handedOutWhole(LeakReport report)
{
    for (const OwnSettingsFile &file : report.ownSettings)
        report.leaks = mergedLeaks(std::move(report.leaks), file.leaks);
    report.ownSettings.clear();
    return report;
}

// Without those that lie inside of another one, or are the same.
std::vector<LocalSource> outermost(const std::vector<LocalSource> &sources)
{
    QStringList places;
    for (const LocalSource &source : sources)
        places << QFileInfo(source.path).canonicalFilePath() + u'/';
    std::vector<LocalSource> kept;
    for (qsizetype i = 0; i < places.size(); ++i) {
        bool isInside = false;
        for (qsizetype j = 0; j < places.size() && places[i].size() > 1; ++j)
            isInside = isInside || (places[j].size() > 1 && places[i].startsWith(places[j]) &&
                                    (places[i] != places[j] ? j != i : j < i));
        if (!isInside)
            kept.push_back(sources[static_cast<size_t>(i)]);
    }
    return kept;
}

// Of answers in the order of their places. An error is what all of them have. isOnly: the paths need no place before
// them.
template<typename Answers>
Result<LeakReport> merged(const Answers &answers, const QStringList &places, bool isOnly)
{
    LeakReport all;
    std::optional<Error> trouble;
    qsizetype failed = 0;
    for (qsizetype i = 0; i < places.size(); ++i) {
        const Result<LeakReport> &answer = *answers[static_cast<size_t>(i)];
        if (answer) {
            add(all, *answer, places[i], isOnly);
            continue;
        }
        ++failed;
        trouble = trouble ? trouble : answer.error();
        all.gaps << Text::tr("%1: %2").arg(places[i], answer.error().message);
    }
    if (trouble && failed == places.size())
        return tl::unexpected(*trouble);
    return all;
}

} // namespace

Result<LeakReport> probe(const LeaksInFiles &question, ProbeContext &context)
{
    const auto patterns = context.observations.ask(CompiledRules{});
    if (!*patterns)
        return tl::unexpected(patterns->error());
    TreeProgress progress;
    const ScanSettings settings = settingsFor(question.fingerprintKey, context);
    auto scan = scanTree(question.root, **patterns, settings, progress);
    if (!scan)
        return tl::unexpected(scan.error());
    Standings standings = standingsIn(question.root, *scan, settings.token);
    return maskScanner(**patterns, question.fingerprintKey).and_then([&](TextScanner scanner) {
        return maskedReport(std::move(*scan), std::move(standings), std::move(scanner));
    });
}

Result<LeakReport> probe(const LeaksInHistory &question, ProbeContext &context)
{
    const auto patterns = context.observations.ask(CompiledRules{});
    if (!*patterns)
        return tl::unexpected(patterns->error());
    const ScanSettings settings = settingsFor(question.fingerprintKey, context);
    auto repository = GitRepository::open(question.root, settings.token);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto walk = BlobWalk::history(*repository, settings.token);
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    auto scan = scanHistory(*repository, *walk, **patterns, settings, progress, question.lookedAt);
    if (!scan)
        return tl::unexpected(scan.error());
    return maskScanner(**patterns, question.fingerprintKey).and_then([&](TextScanner scanner) {
        return maskedReport(std::move(*scan), std::move(scanner));
    });
}

QString RepositoriesOfCode::key() const
{
    QStringList places;
    for (const LocalSource &source : code)
        places << source.path;
    return places.join(u'\n');
}

Result<CodeRepositories> probe(const RepositoriesOfCode &question, ProbeContext &context)
{
    return codeRepositories(question.code, context.token.boundedBy(context.deadline));
}

Result<LeakReport> leaksInSources(const Look &look, SourceKind kind)
{
    const std::vector<LocalSource> sources = outermost(sourcesOf(kind, look.facts.sources));
    const QByteArray key = fingerprintKeyOf(look);
    std::vector<LeaksInFiles> questions;
    questions.reserve(sources.size());
    QStringList places;
    for (const LocalSource &source : sources) {
        questions.push_back({source.path, key});
        places << source.path;
    }
    auto report = merged(look.seen.askAll(questions), places, places.size() == 1);
    if (!report || kind == SourceKind::Code)
        return report;
    return handedOutWhole(std::move(*report));
}

Result<Histories> leaksInHistories(const Look &look)
{
    const auto asked = look.seen.ask(RepositoriesOfCode{sourcesOf(SourceKind::Code, look.facts.sources)});
    if (!*asked)
        return tl::unexpected<Error>(asked->error());
    const CodeRepositories &repositories = **asked;
    const QStringList &places = repositories.places;
    const QByteArray key = fingerprintKeyOf(look);
    std::vector<LeaksInHistory> questions;
    questions.reserve(static_cast<size_t>(places.size()));
    for (const QString &place : places)
        questions.push_back({place, key, places});
    auto report = merged(look.seen.askAll(questions), places, places.size() == 1 && repositories.below == 0);
    if (!report)
        return tl::unexpected(report.error());
    report->gaps += repositories.gaps;
    return Histories{std::move(*report), questions.size()};
}

} // namespace cockpit
