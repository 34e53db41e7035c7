#include "ui/handover/packexport.h"

#include <QtConcurrentRun>

namespace cockpit {

namespace {

Result<void> write(const HandoverInput &input, const QString &path, const PdfOptions &options,
                   const PdfProgress &progress)
{
    return writeHandoverPdf(buildHandover(input), path, options, progress);
}

} // namespace

PackExport::PackExport(QObject *parent) : QObject(parent), m_stop(std::make_shared<std::atomic_bool>(false)) {}

PackExport::~PackExport()
{
    stop();
    m_worker.waitForDone();
}

void PackExport::stop()
{
    m_stop->store(true);
}

void PackExport::start(const HandoverInput &input, const QString &path, const PdfOptions &options)
{
    if (m_running)
        return;
    m_running = true;
    m_stop = std::make_shared<std::atomic_bool>(false);
    // The destructor waits for the worker, so `this` is there as long as progress is reported.
    const PdfProgress report = [this, stop = m_stop](int page, int pages) {
        QMetaObject::invokeMethod(
            this, [this, page, pages] { emit progressed(page, pages); }, Qt::QueuedConnection);
        return !stop->load();
    };
    QtConcurrent::run(&m_worker, write, input, path, options, report)
        .then(this, [this, path](const Result<void> &written) {
            m_running = false;
            if (written)
                emit finished(path);
            else
                emit failed(written.error());
        });
}

} // namespace cockpit
