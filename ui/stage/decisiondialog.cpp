#include "ui/stage/decisiondialog.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr int kUsualDelayDays = 14;
} // namespace

DecisionDialog::DecisionDialog(DecisionKind kind, const QString &findingId, const QString &findingTitle,
                               QWidget *parent)
    : QDialog(parent),
      m_kind(kind),
      m_findingId(findingId),
      m_until(new QDateEdit),
      m_by(new QLineEdit),
      m_reason(new QPlainTextEdit),
      m_problem(new PlainLabel)
{
    const bool later = kind == DecisionKind::FixLater;
    setObjectName(u"decisionDialog"_s);
    setWindowTitle(later ? tr("Fix later") : tr("Accept this risk"));
    auto *column = makeDialogColumn(this, windowTitle(), findingTitle);
    m_until->setCalendarPopup(true);
    m_until->setMinimumDate(QDate::currentDate());
    m_until->setDate(QDate::currentDate().addDays(kUsualDelayDays));
    if (later)
        addField(column, tr("Fix it by"), m_until, u"until"_s);
    else
        m_until->hide();
    addField(column, tr("Why"), m_reason, u"reason"_s);
    m_reason->setTabChangesFocus(true);
    m_reason->setMaximumHeight(fontMetrics().height() * 6);
    addField(column, tr("Who decides"), m_by, u"by"_s);
    m_problem->setObjectName(u"problem"_s);
    m_problem->setProperty("tone", u"fail"_s);
    column->addWidget(m_problem);
    QPushButton *ok = addDialogButtons(column, this, later ? tr("Fix later") : tr("Accept"));
    connect(ok, &QPushButton::clicked, this, &DecisionDialog::submit);
    m_until->setParent(this);
}

void DecisionDialog::setBy(const QString &name)
{
    m_by->setText(name);
}

Decision DecisionDialog::decision() const
{
    return {.findingId = m_findingId,
            .kind = m_kind,
            .until = m_kind == DecisionKind::FixLater ? m_until->date() : QDate(),
            .reason = m_reason->toPlainText().trimmed(),
            .by = m_by->text().trimmed(),
            .decidedAt = QDateTime::currentDateTimeUtc()};
}

void DecisionDialog::submit()
{
    const Decision made = decision();
    m_problem->setText(whatIsMissing(made));
    if (!m_problem->text().isEmpty())
        return;
    emit decided(made);
    accept();
}

} // namespace cockpit
