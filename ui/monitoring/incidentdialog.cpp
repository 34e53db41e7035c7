#include "ui/monitoring/incidentdialog.h"

#include "ui/widgets/dialogparts.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

IncidentDialog::IncidentDialog(const QString &about, const IncidentNote &note, QWidget *parent)
    : QDialog(parent), m_note(note), m_text(new QPlainTextEdit(note.text))
{
    setObjectName(u"incidentDialog"_s);
    setWindowTitle(tr("Note on an incident"));
    auto *column = makeDialogColumn(this, windowTitle(), about);
    m_text->setTabChangesFocus(true);
    m_text->setMaximumHeight(fontMetrics().height() * 8);
    addField(column, tr("What was done, and who was told"), m_text, u"incidentText"_s);
    const QPushButton *ok = addDialogButtons(column, this, tr("Keep the note"));
    connect(ok, &QPushButton::clicked, this, &QDialog::accept);
}

IncidentNote IncidentDialog::note() const
{
    IncidentNote written = m_note;
    written.text = m_text->toPlainText().trimmed();
    return written;
}

} // namespace cockpit
