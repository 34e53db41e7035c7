// The document that the program makes for a deliverable, and what is still missing to make it complete.
#pragma once

#include "models/deliverable.h"

#include <QDialog>

class QPushButton;
class QVBoxLayout;

namespace cockpit {

class Session;

class DeliverableDialog : public QDialog
{
    Q_OBJECT

public:
    // The document is made on a worker from what the session knows now.
    DeliverableDialog(const Item &item, Session &session, QWidget *parent = nullptr);

    const DeliverableDocument &document() const { return m_document; }

signals:
    void shown(); // the document is there

private:
    void showProblem(const Error &error);
    void showDocument(const DeliverableDocument &document);
    QWidget *makeMissing() const;
    QString plainText() const;

    DeliverableDocument m_document;
    QVBoxLayout *m_body;
    QPushButton *m_copy;
};

} // namespace cockpit
