#include "checks/secrets/leaklook.h"

#include "checks/secrets/compiledrules.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/maskednames.h"
#include "checks/secrets/runfingerprint.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakLook)
};

Result<ScanSettings> settingsFor(const QByteArray &fingerprintKey, const ProbeContext &context)
{
    return ScanSettings{.key = fingerprintKey, .token = context.token.boundedBy(context.deadline)};
}

QStringList gapsOf(const TreeScan &scan)
{
    QStringList gaps = scan.archiveGaps;
    if (scan.walk.unreadable > 0)
        gaps << Text::tr("%n file(s) or folder(s) could not be read.", nullptr, static_cast<int>(scan.walk.unreadable));
    if (scan.cutFiles > 0)
        gaps << Text::tr("%n file(s) hold more than can be listed.", nullptr, static_cast<int>(scan.cutFiles));
    if (scan.walk.isStopped)
        gaps << Text::tr("The time was over before all files were read.");
    return gaps;
}

LeakReport reportOf(const TreeScan &scan)
{
    return {.leaks = leaksOf(scan.found),
            .files = scan.walk.files - scan.binaries + scan.archivedTexts,
            .programs = scan.programs,
            .passedOver = scan.binaries + scan.archivedBinaries,
            .bytes = scan.bytes,
            .gaps = gapsOf(scan)};
}

LeakReport reportOf(const HistoryScan &scan)
{
    QStringList gaps = scan.gaps;
    if (scan.isStopped)
        gaps << Text::tr("The time was over before all of the history was read.");
    return {.leaks = leaksOf(scan.found), .files = scan.counts.files, .bytes = scan.bytes, .gaps = gaps};
}

// A file may be called after a key, and an author after a token.
template<typename Scan>
Result<LeakReport> masked(Scan scan, const std::shared_ptr<const PatternSet> &patterns, const QByteArray &key)
{
    auto scanner = TextScanner::make(patterns, {.key = key, .token = CancelToken()}); // also of a look that was stopped
    if (!scanner)
        return tl::unexpected(scanner.error());
    NameMask(*scanner).mask(scan);
    return reportOf(scan);
}

// Several sources as one: paths are told apart by the source's own where there is more than one.
void add(LeakReport &all, LeakReport one, const QString &root, bool isOnly)
{
    if (!isOnly) {
        for (Leak &leak : one.leaks)
            for (LeakPlace &place : leak.places)
                place.path = root + u'/' + place.path;
    }
    all.leaks = mergedLeaks(std::move(all.leaks), one.leaks);
    all.files += one.files;
    all.programs += one.programs;
    all.passedOver += one.passedOver;
    all.bytes += one.bytes;
    all.gaps += one.gaps;
}

} // namespace

Result<LeakReport> probe(const LeaksInFiles &question, ProbeContext &context)
{
    const auto patterns = context.observations.ask(CompiledRules{});
    if (!*patterns)
        return tl::unexpected(patterns->error());
    TreeProgress progress;
    return settingsFor(question.fingerprintKey, context)
        .and_then([&](ScanSettings settings) {
            settings.programs = question.programs;
            return scanTree(question.root, **patterns, settings, progress);
        })
        .and_then([&](TreeScan scan) { return masked(std::move(scan), **patterns, question.fingerprintKey); });
}

Result<LeakReport> probe(const LeaksInHistory &question, ProbeContext &context)
{
    const auto patterns = context.observations.ask(CompiledRules{});
    if (!*patterns)
        return tl::unexpected(patterns->error());
    const auto settings = settingsFor(question.fingerprintKey, context);
    auto repository = GitRepository::open(question.root);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto walk = BlobWalk::history(*repository, settings->token);
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    return scanHistory(*repository, *walk, **patterns, *settings, progress).and_then([&](HistoryScan scan) {
        return masked(std::move(scan), **patterns, question.fingerprintKey);
    });
}

Result<LeakReport> leaksInSources(const Look &look, SourceKind kind)
{
    const std::vector<LocalSource> sources = sourcesOf(kind, look.facts.sources);
    const QByteArray key = fingerprintKeyOf(look);
    std::vector<LeaksInFiles> questions;
    questions.reserve(sources.size());
    const Programs programs = kind == SourceKind::Package ? Programs::Strings : Programs::PassedOver;
    for (const LocalSource &source : sources)
        questions.push_back({source.path, key, programs});
    const auto answers = look.seen.askAll(questions);
    LeakReport all;
    size_t failed = 0;
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<LeakReport> &answer = *answers[i];
        if (answer) {
            add(all, *answer, sources[i].path, sources.size() == 1);
            continue;
        }
        ++failed;
        all.gaps << Text::tr("%1: %2").arg(sources[i].path, answer.error().message);
    }
    if (failed == answers.size() && failed > 0)
        return tl::unexpected(answers.front()->error());
    return all;
}

} // namespace cockpit
