#include "ui/secrets/optionaldate.h"

#include "ui/theme/tokens.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

OptionalDate::OptionalDate(const QString &word, const QDate &usual, QWidget *parent)
    : QWidget(parent), m_known(new QCheckBox(word)), m_day(new QDateEdit(usual))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_known);
    row->addWidget(m_day);
    row->addStretch(1);
    m_day->setCalendarPopup(true);
    m_day->setMinimumWidth(fontMetrics().averageCharWidth() * 20);
    m_day->setEnabled(false);
    setFocusProxy(m_known);
    connect(m_known, &QCheckBox::toggled, m_day, &QWidget::setEnabled);
    connect(m_known, &QCheckBox::toggled, this, &OptionalDate::changed);
    connect(m_day, &QDateEdit::dateChanged, this, &OptionalDate::changed);
}

void OptionalDate::setDate(const QDate &date)
{
    if (date.isValid())
        m_day->setDate(date);
    m_known->setChecked(date.isValid());
}

QDate OptionalDate::date() const
{
    return m_known->isChecked() ? m_day->date() : QDate();
}

void OptionalDate::describe(const QString &what, const QString &objectName)
{
    m_known->setObjectName(objectName + u"Known"_s);
    m_known->setAccessibleName(tr("%1: %2").arg(what, m_known->text()));
    m_day->setObjectName(objectName);
    m_day->setAccessibleName(what);
}

} // namespace cockpit
