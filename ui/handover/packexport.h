// Writes the pack to a PDF file in a worker, from what is collected for it first.
#pragma once

#include "models/handoverdocument.h"
#include "models/result.h"
#include "ui/pdf/handoverpdf.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace cockpit {

// Session::collectHandover in the program: answers later, unless the context is gone by then.
using HandoverCollector =
    std::function<void(QObject *context, std::function<void(const Result<HandoverInput> &)> done)>;

class PackExport : public QObject
{
    Q_OBJECT

public:
    explicit PackExport(QObject *parent = nullptr);
    ~PackExport() override; // stops and waits for the page that is being written

    // Ignored while one is being collected or written.
    void start(const HandoverCollector &collect, const QString &path, const PdfOptions &options);
    void stop();
    bool isRunning() const { return m_running; }

signals:
    void progressed(int page, int pages);
    void finished(const QString &path);
    void failed(const cockpit::Error &error);

private:
    void write(const HandoverInput &input, const QString &path, const PdfOptions &options);
    void settle(const Result<void> &written, const QString &path);

    QThreadPool m_worker;                     // its own, so that waiting for it waits for the pack alone
    std::shared_ptr<std::atomic_bool> m_stop; // one for collecting and writing
    bool m_running = false;
};

} // namespace cockpit
