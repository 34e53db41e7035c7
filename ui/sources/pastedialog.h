// Takes a log or prompts by pasting, lets the checks read it once, and shows what they found in it. The text leaves the
// field with the press of the button and is gone when the run has ended.
#pragma once

#include "models/localsource.h"

#include <QDialog>
#include <QSet>

class QComboBox;
class QPushButton;
class QVBoxLayout;

namespace cockpit {

class Banner;
class PasteField;
class PastedModel;
class PlainLabel;
class RowList;
class Session;

class PasteDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PasteDialog(Session &session, QWidget *parent = nullptr);

signals:
    void fileDropped(const QString &path); // belongs into the list of sources
    void findingWanted(const QString &findingId);

private:
    void build();
    void addButtons(QVBoxLayout *column);
    void bindSession();
    SourceKind kind() const;
    QString whatIsMissing() const; // empty: it can be read
    void updateButtons();
    void read();
    void takeEnd();
    void showFound();
    void showNothingFound(const QStringList &readers);

    Session &m_session;
    Banner *m_banner;
    QComboBox *m_kind;
    PasteField *m_text;
    PlainLabel *m_state;
    PastedModel *m_model;
    RowList *m_found;
    QPushButton *m_read;
    QPushButton *m_clear;
    SourceKind m_readKind = SourceKind::Log; // of the text that is being read
    QSet<QString> m_answered;                // results of this reading, by CheckResult::key()
    bool m_isReading = false;
};

} // namespace cockpit
