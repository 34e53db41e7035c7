// Writes the pack to a PDF file in a worker.
#pragma once

#include "models/handoverdocument.h"
#include "ui/pdf/handoverpdf.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace cockpit {

class PackExport : public QObject
{
    Q_OBJECT

public:
    explicit PackExport(QObject *parent = nullptr);
    ~PackExport() override; // stops and waits for the page that is being written

    // Ignored while one is being written.
    void start(const HandoverInput &input, const QString &path, const PdfOptions &options);
    void stop();
    bool isRunning() const { return m_running; }

signals:
    void progressed(int page, int pages);
    void finished(const QString &path);
    void failed(const cockpit::Error &error);

private:
    QThreadPool m_worker; // its own, so that waiting for it waits for the pack alone
    std::shared_ptr<std::atomic_bool> m_stop;
    bool m_running = false;
};

} // namespace cockpit
