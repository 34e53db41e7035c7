#include "checks/secrets/boundedreading.h"

#include <QCoreApplication>
#include <QDir>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BoundedReading)
};

} // namespace

BoundedReading::BoundedReading(const ProbeContext &context, ReadingBounds bounds)
    : m_run(context.token), m_stop(context.token.boundedBy(context.deadline)), m_bounds(bounds)
{
}

void BoundedReading::readFolder(const QString &root, const VisitFile &visit,
                                const std::function<void(const QByteArray &path)> &sawLink)
{
    const CancelToken walk = m_stop.boundedBy(Deadline::never()); // also ended by itself: the next folder has its own
    qint64 files = 0;
    const auto totals = walkTree(root, {1, walk, {}, sawLink}, [&](const WalkedFile &file, size_t) -> Result<void> {
        if (++files > m_bounds.files || m_bytes > m_bounds.bytes) {
            walk.cancel();
            return {};
        }
        return visit(file).map([this](qint64 bytes) { m_bytes += bytes; });
    });
    if (!totals) {
        addGap(totals.error().message);
        return;
    }
    ++m_readable;
    const QString shown = QDir::toNativeSeparators(root);
    if (totals->isStopped && !isOver())
        addGap(Text::tr("%1 holds more than is read at once: name the folder of one app.").arg(shown));
    if (totals->unreadable > 0)
        addGap(
            Text::tr("%n file(s) or folder(s) of %1 could not be read.", nullptr, static_cast<int>(totals->unreadable))
                .arg(shown));
}

bool BoundedReading::readPackage(const QString &path, const QString &name,
                                 const std::function<void(const ArchiveEntry &)> &visit)
{
    const auto report = walkArchiveFile(
        path, name, {},
        [&](const ArchiveEntry &entry) {
            if (!isOver())
                visit(entry);
        },
        m_stop);
    if (!report) {
        addGap(report.error().message);
        return false;
    }
    ++m_readable;
    m_gaps += gapSentences(*report, name);
    return true;
}

Result<QStringList> BoundedReading::ended(const QString &unfinished)
{
    if (isOver())
        return failure(m_run.isCancelled() ? ErrorKind::Cancelled : ErrorKind::TimedOut, unfinished);
    if (m_readable == 0 && !m_gaps.isEmpty())
        return failure(ErrorKind::NotFound, m_gaps.join(u' '));
    return std::move(m_gaps);
}

} // namespace cockpit
