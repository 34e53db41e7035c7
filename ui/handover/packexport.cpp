#include "ui/handover/packexport.h"

#include "checks/engine/guarded.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrentRun>

namespace cockpit {

namespace {

Result<void> writePack(const HandoverInput &input, const QString &path, const PdfOptions &options,
                       const PdfProgress &progress)
{
    return guarded([&] { return writeHandoverPdf(buildHandover(input), path, options, progress); });
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

void PackExport::start(const HandoverCollector &collect, const QString &path, const PdfOptions &options)
{
    if (m_running)
        return;
    m_running = true;
    m_stop = std::make_shared<std::atomic_bool>(false);
    collect(this, [this, path, options](const Result<HandoverInput> &input) {
        if (!input)
            settle(tl::unexpected(input.error()), path);
        else if (m_stop->load())
            settle(failure(ErrorKind::Cancelled, tr("Stopped before the PDF was begun; nothing was written.")), path);
        else
            write(*input, path, options);
    });
}

void PackExport::write(const HandoverInput &input, const QString &path, const PdfOptions &options)
{
    // The destructor waits for the worker, so `this` is there as long as progress is reported.
    const PdfProgress report = [this, stop = m_stop](int page, int pages) {
        QMetaObject::invokeMethod(
            this, [this, page, pages] { emit progressed(page, pages); }, Qt::QueuedConnection);
        return !stop->load();
    };
    const auto writing = QtConcurrent::run(&m_worker, writePack, input, path, options, report);
    whenDone(writing, this, [this, path](const Result<void> &written) { settle(written, path); });
}

void PackExport::settle(const Result<void> &written, const QString &path)
{
    m_running = false;
    if (written)
        emit finished(path);
    else
        emit failed(written.error());
}

} // namespace cockpit
