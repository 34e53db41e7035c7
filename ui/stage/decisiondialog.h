// "Fix later" and "Accept": asks for what such a decision needs.
#pragma once

#include "models/decision.h"

#include <QDialog>

class QDateEdit;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace cockpit {

class PlainLabel;

class DecisionDialog : public QDialog
{
    Q_OBJECT

public:
    // kind: FixLater or Accepted.
    DecisionDialog(DecisionKind kind, const QString &findingId, const QString &findingTitle, QWidget *parent = nullptr);

    void setBy(const QString &name);
    Decision decision() const;

signals:
    void decided(const cockpit::Decision &decision);

private:
    void submit();

    DecisionKind m_kind;
    QString m_findingId;
    QDateEdit *m_until;
    QLineEdit *m_by;
    QPlainTextEdit *m_reason;
    PlainLabel *m_problem;
};

} // namespace cockpit
