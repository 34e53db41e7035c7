#include "app/handoverpack.h"

#include "models/handoverdocument.h"
#include "ui/pdf/handoverpdf.h"

namespace cockpit {

namespace {

constexpr int kSampleDays = 30;

Result<std::map<qint64, std::vector<Sample>>> samplesOf(const ProjectState &known, const ProjectStore *store,
                                                        const QDateTime &now)
{
    std::map<qint64, std::vector<Sample>> samples;
    if (!store)
        return samples;
    for (const Monitor &monitor : known.monitors) {
        auto read = store->samples(monitor.id, now.addDays(-kSampleDays), now);
        if (!read)
            return tl::unexpected(read.error());
        samples.emplace(monitor.id, std::move(*read));
    }
    return samples;
}

} // namespace

Result<void> writeHandoverPack(const ProjectState &known, const Roadmap &roadmap, const ProjectStore *store,
                               const Composition &composition, const QString &pdfFile)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    auto samples = samplesOf(known, store, now);
    if (!samples)
        return tl::unexpected(samples.error());
    auto left = store ? store->journal() : Result<std::vector<JournalEntry>>();
    if (!left)
        return tl::unexpected(left.error());
    const HandoverDocument document = buildHandover({.project = known,
                                                     .roadmap = roadmap,
                                                     .samples = std::move(*samples),
                                                     .now = now,
                                                     .toolVersion = composition.toolVersion,
                                                     .language = composition.language,
                                                     .sourcesByCheck = composition.registry.sourcesByCheck(),
                                                     .left = std::move(*left)});
    return writeHandoverPdf(document, pdfFile, {.pageSize = usualPageSize(QLocale::system()), .withEvidence = true});
}

} // namespace cockpit
