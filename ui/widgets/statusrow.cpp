#include "ui/widgets/statusrow.h"

#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace cockpit {

StatusRow::StatusRow(const QString &text, const QString &note, QWidget *parent)
    : QWidget(parent),
      m_icon(new StateIcon(StateShape::NotRun, this)),
      m_text(new PlainLabel(text, this)),
      m_note(new PlainLabel(this)),
      m_row(new QHBoxLayout(this))
{
    m_text->setScale(TextSize::Body, QFont::DemiBold);
    m_note->setMuted();
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_text);
    texts->addWidget(m_note);
    m_row->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
    m_row->setSpacing(space::kMedium);
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    m_row->addLayout(texts, 1);
    setNote(note);
    setAccessibleName(text);
}

void StatusRow::setState(StateShape shape, const QString &word)
{
    m_icon->setShape(shape);
    m_icon->setAccessibleName(word);
    setAccessibleDescription(word);
}

void StatusRow::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void StatusRow::addAction(QWidget *widget)
{
    m_row->addWidget(widget, 0, Qt::AlignVCenter);
}

void StatusRow::setRule(bool shown)
{
    m_rule = shown;
    update();
}

void StatusRow::paintEvent(QPaintEvent *)
{
    if (!m_rule)
        return;
    QPainter painter(this);
    painter.setPen(tokensFor(palette()).line);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace cockpit
