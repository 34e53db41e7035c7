#include "ui/handover/exportpanel.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace cockpit {

ExportPanel::ExportPanel(HandoverCollector collect, QWidget *page)
    : m_collect(std::move(collect)), m_banner(new Banner(page))
{
    setSpacing(space::kLarge);
    addWidget(m_banner);
    addWidget(createProgress(page));
    bindExport();
}

QWidget *ExportPanel::createProgress(QWidget *page)
{
    m_row = new QWidget(page);
    auto *row = new QHBoxLayout(m_row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kMedium);
    m_progress = new QProgressBar(m_row);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Writing the PDF"));
    m_text = new PlainLabel(m_row);
    m_text->setMuted().setWordWrap(false);
    auto *stop = makeSecondaryButton(tr("Stop"), u"stopExport"_s, m_row);
    row->addWidget(m_progress, 1);
    row->addWidget(m_text);
    row->addWidget(stop);
    connect(stop, &QPushButton::clicked, &m_export, &PackExport::stop);
    m_row->hide();
    return m_row;
}

void ExportPanel::bindExport()
{
    connect(&m_export, &PackExport::progressed, this, [this](int page, int pages) {
        m_progress->setRange(0, pages);
        m_progress->setValue(page);
        m_text->setText(tr("Page %1 of %2").arg(QString::number(page + 1), QString::number(pages)));
    });
    connect(&m_export, &PackExport::finished, this, &ExportPanel::showExported);
    connect(&m_export, &PackExport::failed, this, [this](const Error &error) {
        showRunning();
        showError(error);
    });
    connect(m_banner, &Banner::actionTriggered, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_exportedTo).absolutePath())); });
}

void ExportPanel::exportTo(const QString &path, const PdfOptions &options)
{
    m_banner->dismiss();
    m_export.start(m_collect, path, options);
    showRunning();
}

void ExportPanel::showError(const Error &error)
{
    m_exportedTo.clear();
    m_banner->setAction({});
    m_banner->showError(error);
}

void ExportPanel::showExported(const QString &path)
{
    showRunning();
    m_exportedTo = path;
    m_banner->showMessage(Tone::Pass, tr("The pack is written to %1.").arg(QDir::toNativeSeparators(path)));
    m_banner->setAction(tr("Open folder"));
}

void ExportPanel::showRunning()
{
    m_row->setVisible(isRunning());
    m_progress->setRange(0, 0);
    m_text->setText(tr("Collecting what is known"));
    emit runningChanged();
}

} // namespace cockpit
