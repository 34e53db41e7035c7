// What stands where there is nothing yet: what this place is for, and what to do about it.
#pragma once

#include "ui/widgets/stateicon.h"

#include <QWidget>

class QPushButton;

namespace cockpit {

class PlainLabel;

class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const QString &title, const QString &whatToDo, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &whatToDo);
    void setShape(StateShape shape);
    // Adds the one action that ends the emptiness.
    QPushButton *setAction(const QString &text, const QString &objectName);

signals:
    void actionTriggered();

private:
    StateIcon *m_icon;
    PlainLabel *m_title;
    PlainLabel *m_whatToDo;
    QPushButton *m_action = nullptr;
};

} // namespace cockpit
