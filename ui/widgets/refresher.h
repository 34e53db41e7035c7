// Keeps what a widget shows up to date at a bearable price: nothing is worked out while nobody can see it, and a stream
// of changes becomes at most ten refreshes a second.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

class QWidget;

namespace cockpit {

class Refresher : public QObject
{
    Q_OBJECT

public:
    // Owned by the widget. It begins stale: the first refresh comes when the widget is first seen.
    Refresher(QWidget *widget, std::function<void()> refresh);

    // Each of these signals makes stale what is shown; their arguments do not matter.
    template<typename Sender, typename... Signals>
    void follow(const Sender &sender, Signals... changes)
    {
        (QObject::connect(&sender, changes, this, &Refresher::changed), ...);
    }

    // In a later turn of the event loop if the widget is visible, else when it is shown.
    void changed();
    // At once, if anything has changed since the last time.
    void bringUpToDate();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_widget;
    std::function<void()> m_refresh;
    bool m_stale = true;
    QTimer m_soon;
    QElapsedTimer m_last;
};

} // namespace cockpit
