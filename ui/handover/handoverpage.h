// Handover: what the pack says and what is missing, the answers and owners that complete it, and the PDF.
#pragma once

#include "ui/handover/packpreview.h"
#include "ui/widgets/page.h"

class QComboBox;
class QPushButton;
class QTimer;

namespace cockpit {

class ExportPanel;
class OwnersCard;
class PreviewPane;
class QuestionsCard;
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
    QWidget *createLeft();
    QWidget *createSections();
    void bindWork();

    void forgetPack();
    void refreshPreview();
    void showButtons();
    void choosePath();
    PageSize chosenSize() const;

    PackPreview m_preview;
    quint64 m_project = 0; // counted: what was collected of an earlier one is not shown
    SectionModel *m_sections;
    QTimer *m_previewSoon; // several changes in a row are one preview

    QComboBox *m_size = nullptr;
    QPushButton *m_exportButton = nullptr;
    ExportPanel *m_export = nullptr;
    QuestionsCard *m_questions = nullptr;
    OwnersCard *m_owners = nullptr;
    PreviewPane *m_pane = nullptr;
};

} // namespace cockpit
