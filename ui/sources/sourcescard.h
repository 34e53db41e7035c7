// The table of what lies on this computer with what can be done to it: add files and folders (also by dropping them),
// say what each is, remove.
#pragma once

#include "models/localsource.h"
#include "ui/widgets/card.h"

class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class EmptyState;
class SourceModel;

class SourcesCard : public Card
{
    Q_OBJECT

public:
    explicit SourcesCard(QWidget *parent = nullptr);

    void setSources(const std::vector<LocalSource> &sources);
    void setReadOnly(bool readOnly);
    // Guesses from the name what it is; the person may change that in the table.
    void addPath(const QString &path);
    // Looks on a worker whether each is there.
    void lookAgain();

signals:
    void edited(const std::vector<cockpit::LocalSource> &sources);
    void refused(const QString &why);
    void pasteWanted();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeTableArea();
    QWidget *makeActions();
    void addPaths(const QStringList &paths);
    void chooseFolder();
    void chooseFiles();
    void updateButtons();

    SourceModel *m_model;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack = nullptr;
    QPushButton *m_folder, *m_files, *m_paste, *m_remove;
    QPushButton *m_folderFirst = nullptr;
    quint64 m_look = 0; // counted: the late answer for an earlier list is nobody's
    bool m_readOnly = false;
};

} // namespace cockpit
