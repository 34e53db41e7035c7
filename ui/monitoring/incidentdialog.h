// What a person has to say about an outage: what was done, who was told.
#pragma once

#include "models/monitoring.h"

#include <QDialog>

class QPlainTextEdit;

namespace cockpit {

class IncidentDialog : public QDialog
{
    Q_OBJECT

public:
    // about: the incident in a line.
    IncidentDialog(const QString &about, const IncidentNote &note, QWidget *parent = nullptr);

    // Nothing but blanks is no note.
    IncidentNote note() const;

private:
    IncidentNote m_note;
    QPlainTextEdit *m_text;
};

} // namespace cockpit
