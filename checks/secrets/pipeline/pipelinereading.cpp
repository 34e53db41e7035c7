#include "checks/secrets/pipeline/pipelinereading.h"

#include "checks/engine/observations.h"
#include "checks/secrets/candidate.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/treewalk.h"
#include "checks/secrets/unsearched.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PipelineReading)
};

std::vector<PipelineKey> keysIn(const TextScan &scan)
{
    std::vector<PipelineKey> keys;
    for (const SecretHit &hit : scan.hits) {
        if (hit.kind == LeakKind::Secret && !hit.allowed)
            keys.push_back({hit.rule->id, hit.rule->name, hit.severity, isGeneric(*hit.rule), hit.line, hit.masked});
    }
    return keys;
}

// A value that a rule knows needs no second finding by its name.
void dropKnown(PipelineFileSeen &file)
{
    std::erase_if(file.faults, [&file](const PipelineFaultFound &fault) {
        return fault.fault == PipelineFault::LiteralSecret &&
               std::ranges::find(file.keys, fault.line, &PipelineKey::line) != file.keys.end();
    });
}

} // namespace

Result<PipelineDigest> probe(const PipelineReading &question, ProbeContext &context)
{
    const auto rules = context.observations.ask(CompiledRules{});
    if (!*rules)
        return tl::unexpected(rules->error());
    auto scanner = TextScanner::make(**rules, {question.fingerprintKey, context.token, question.startedAt});
    if (!scanner)
        return tl::unexpected(scanner.error());
    auto names = ShownNames::make(context.observations);
    if (!names)
        return tl::unexpected(names.error());
    PipelineDigest digest;
    digest.root = names->text(QDir::toNativeSeparators(question.source.path));
    bool isOver = false;
    const Deadline until = Deadline::in(context.deadline.remaining() * 3 / 4); // the rest is for judging
    qint64 leftOut = 0;
    const auto visit = [&](const WalkedFile &file, size_t) -> Result<void> {
        const auto kind = pipelineKindOf(file.path);
        isOver = isOver || until.hasPassed();
        if (!kind || isOver)
            return {};
        if (file.size > PipelineReading::kLargestFile || digest.files.size() >= PipelineReading::kMostFiles) {
            ++leftOut;
            return {};
        }
        WipedBytes text(static_cast<size_t>(file.size), '\0');
        const auto got = readFully(file.descriptor, text.data(), file.size);
        if (!got)
            return tl::unexpected(got.error());
        text.resize(static_cast<size_t>(*got));
        const QString path = names->path(file.path);
        const TextScan scan = scanner->scan(text);
        if (scan.isCut)
            digest.gaps += Text::tr("%1 holds more keys than are counted.").arg(path);
        if (const Error *trouble = scan.trouble())
            digest.gaps += unsearchedSentence(path, *trouble);
        PipelineFileSeen seen{path, *kind, pipelineFaultsIn(text, *kind), keysIn(scan)};
        dropKnown(seen);
        digest.files.push_back(std::move(seen));
        return {};
    };
    const auto walked = walkTree(question.source.path, {1, context.token}, visit);
    if (!walked)
        return tl::unexpected(walked.error());
    if (context.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Reading %1 was stopped.").arg(digest.root));
    std::ranges::sort(digest.files, {}, &PipelineFileSeen::path);
    if (isOver)
        digest.gaps += Text::tr("%1 was not read to its end: there was no more time.").arg(digest.root);
    if (leftOut > 0)
        digest.gaps += Text::tr("%n pipeline file(s) in %1 were left out: they are too large, or too many.", nullptr,
                                static_cast<int>(leftOut))
                           .arg(digest.root);
    if (walked->unreadable > 0)
        digest.gaps += Text::tr("%n file(s) in %1 could not be read.", nullptr, static_cast<int>(walked->unreadable))
                           .arg(digest.root);
    return digest;
}

} // namespace cockpit
