#include "ui/widgets/refresher.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace cockpit {

namespace {
constexpr qint64 kAtMostEveryMs = 100;
} // namespace

Refresher::Refresher(QWidget *widget, std::function<void()> refresh)
    : QObject(widget), m_widget(widget), m_refresh(std::move(refresh))
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (m_widget->isVisible())
            bringUpToDate();
    });
    widget->installEventFilter(this);
}

void Refresher::changed()
{
    m_stale = true;
    if (!m_widget->isVisible() || m_soon.isActive())
        return;
    const qint64 since = m_last.isValid() ? m_last.elapsed() : kAtMostEveryMs;
    m_soon.start(static_cast<int>(std::clamp<qint64>(kAtMostEveryMs - since, 0, kAtMostEveryMs)));
}

void Refresher::bringUpToDate()
{
    m_soon.stop();
    if (!m_stale)
        return;
    m_stale = false; // before: what the refresh itself changes makes it stale again
    m_refresh();
    m_last.start();
}

bool Refresher::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_widget && event->type() == QEvent::Show)
        bringUpToDate();
    return QObject::eventFilter(watched, event);
}

} // namespace cockpit
