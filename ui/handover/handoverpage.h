// Handover: what the pack says and what is missing, the answers and owners that complete it, and the PDF.
#pragma once

#include "ui/handover/packexport.h"
#include "ui/handover/packpreview.h"
#include "ui/widgets/page.h"

class QComboBox;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace cockpit {

class Banner;
class OwnershipModel;
class PlainLabel;
class PreviewPane;
class QuestionModel;
class RowList;
class SectionModel;

class HandoverPage : public Page
{
    Q_OBJECT

public:
    explicit HandoverPage(Session &session, QWidget *parent = nullptr);

    // Writes to this path; the button asks for one first.
    void exportTo(const QString &path);

protected:
    void refresh() override;

private:
    void createHeader();
    QWidget *createProgress();
    QWidget *createLeft();
    QWidget *createSections();
    QWidget *createQuestions();
    QWidget *createOwners();
    void bindSession();
    void bindWork();

    void refreshPreview();
    void choosePath();
    void showExported(const QString &path);
    void setExporting(bool exporting);
    PageSize chosenSize() const;

    PackPreview m_preview;
    PackExport m_export;
    SectionModel *m_sections;
    QuestionModel *m_questions;
    OwnershipModel *m_owners;
    QTimer *m_previewSoon; // several changes in a row are one preview
    QString m_exportedTo;

    QComboBox *m_size = nullptr;
    QPushButton *m_exportButton = nullptr;
    Banner *m_banner = nullptr;
    QWidget *m_progressRow = nullptr;
    QProgressBar *m_progress = nullptr;
    PlainLabel *m_progressText = nullptr;
    QStackedWidget *m_lists = nullptr;
    RowList *m_sectionList = nullptr;
    PreviewPane *m_pane = nullptr;
};

} // namespace cockpit
