#include "ui/widgets/dialogparts.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QDialog>
#include <QEvent>
#include <QHBoxLayout>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// A dialog takes its height from a guess at the width of its texts; those that wrap would be cut. It grows, and its
// buttons stay on the screen.
class GrowsWithText : public QObject
{
public:
    explicit GrowsWithText(QDialog *dialog) : QObject(dialog), m_dialog(dialog) { dialog->installEventFilter(this); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show || (event->type() == QEvent::LayoutRequest && m_dialog->isVisible())) {
            m_isPlaced = m_isPlaced && event->type() != QEvent::Show;
            grow();
        } else if (event->type() == QEvent::WindowActivate && !m_isPlaced) {
            m_isPlaced = true; // once: where the person moves it, it stays
            keepInside();      // the window has its frame only now
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void grow()
    {
        const int wanted = std::min(m_dialog->layout()->totalHeightForWidth(m_dialog->width()), mostHeight());
        if (wanted <= m_dialog->height())
            return;
        m_dialog->resize(m_dialog->width(), wanted);
        keepInside();
    }

    int mostHeight() const
    {
        const int frame = m_dialog->frameGeometry().height() - m_dialog->height();
        return m_dialog->screen()->availableGeometry().height() - frame;
    }

    void keepInside()
    {
        if (m_dialog->height() > mostHeight())
            m_dialog->resize(m_dialog->width(), mostHeight());
        const QRect room = m_dialog->screen()->availableGeometry();
        const int below = m_dialog->frameGeometry().bottom() - room.bottom();
        if (below > 0)
            m_dialog->move(m_dialog->x(), std::max(room.top(), m_dialog->y() - below));
    }

    QDialog *m_dialog;
    bool m_isPlaced = false;
};

} // namespace

QVBoxLayout *makeDialogColumn(QDialog *dialog, const QString &title, const QString &about)
{
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kSmall);
    dialog->setMinimumWidth(dialog->fontMetrics().averageCharWidth() * 64);
    new GrowsWithText(dialog);
    auto *heading = new PlainLabel(title);
    heading->setScale(TextSize::Section, QFont::DemiBold);
    column->addWidget(heading);
    auto *subject = new PlainLabel(about);
    subject->setMuted();
    column->addWidget(subject);
    column->addSpacing(space::kSmall);
    return column;
}

void addField(QVBoxLayout *column, const QString &name, QWidget *field, const QString &objectName)
{
    auto *label = new PlainLabel(name);
    label->setScale(TextSize::Body, QFont::DemiBold);
    label->setBuddy(field);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    column->addWidget(label);
    column->addWidget(field);
}

QPushButton *addDialogButtons(QVBoxLayout *column, QDialog *dialog, const QString &okText)
{
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    QPushButton *cancel = makeSecondaryButton(QDialog::tr("Cancel"), u"cancel"_s);
    QPushButton *ok = makePrimaryButton(okText, u"ok"_s);
    ok->setDefault(true);
    row->addWidget(cancel);
    row->addWidget(ok);
    column->addSpacing(space::kSmall);
    column->addLayout(row);
    QObject::connect(cancel, &QPushButton::clicked, dialog, &QDialog::reject);
    return ok;
}

} // namespace cockpit
