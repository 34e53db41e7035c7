#include "app/firstpaint.h"

#include <QEvent>
#include <QWidget>

namespace cockpit {

namespace {

class FirstPaint : public QObject
{
public:
    FirstPaint(QWidget *window, std::function<void()> act) : QObject(window), m_act(std::move(act))
    {
        window->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            QMetaObject::invokeMethod(this, &FirstPaint::run, Qt::QueuedConnection);
        }
        return false;
    }

private:
    void run()
    {
        m_act();
        deleteLater();
    }

    std::function<void()> m_act;
};

} // namespace

void afterFirstPaint(QWidget *window, std::function<void()> act)
{
    new FirstPaint(window, std::move(act)); // owned by the window
}

} // namespace cockpit
