// The pack on its way to a file: how far it is, Stop, and how it ended.
#pragma once

#include "ui/handover/packexport.h"

#include <QVBoxLayout>

class QProgressBar;

namespace cockpit {

class Banner;
class PlainLabel;

// A layout, so that it takes no room while there is nothing to say.
class ExportPanel : public QVBoxLayout
{
    Q_OBJECT

public:
    // page: the widget that it stands in.
    ExportPanel(HandoverCollector collect, QWidget *page);

    void exportTo(const QString &path, const PdfOptions &options);
    bool isRunning() const { return m_export.isRunning(); }
    void showError(const Error &error);

signals:
    void runningChanged();

private:
    QWidget *createProgress(QWidget *page);
    void bindExport();
    void showExported(const QString &path);
    void showRunning();

    HandoverCollector m_collect;
    PackExport m_export;
    QString m_exportedTo;
    Banner *m_banner;
    QWidget *m_row = nullptr;
    QProgressBar *m_progress = nullptr;
    PlainLabel *m_text = nullptr;
};

} // namespace cockpit
