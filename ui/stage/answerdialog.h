// A person answers what no check can prove: whether it holds, who says so, and what shows it.
#pragma once

#include "models/decision.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;

class AnswerDialog : public QDialog
{
    Q_OBJECT

public:
    // subject: an item's or a check's id; question: its text.
    AnswerDialog(const QString &subject, const QString &question, QWidget *parent = nullptr);

    void setAnswer(const Answer &answer); // to change an earlier one
    void setBy(const QString &name);
    Answer answer() const;

    // Keeps a file's name and SHA-256; it is read outside the GUI thread.
    void attachFile(const QString &path);
    const std::vector<Attachment> &attachments() const { return m_attachments; }

signals:
    void answered(const cockpit::Answer &answer);
    void fileAttached();

private:
    void addChoices(QVBoxLayout *column);
    void addEvidence(QVBoxLayout *column);
    void chooseFile();
    void attachLink();
    void listAttachments();
    void submit();

    QString m_subject;
    QButtonGroup *m_choices;
    QPlainTextEdit *m_text;
    QLineEdit *m_by;
    QLineEdit *m_link;
    PlainLabel *m_attached;
    PlainLabel *m_problem;
    std::vector<Attachment> m_attachments;
    int m_reading = 0; // files
};

} // namespace cockpit
