// One line with a state, its explanation and its own actions: for short lists whose rows hold buttons.
#pragma once

#include "ui/widgets/stateicon.h"

#include <QWidget>

class QHBoxLayout;

namespace cockpit {

class PlainLabel;

class StatusRow : public QWidget
{
    Q_OBJECT

public:
    StatusRow(const QString &text, const QString &note, QWidget *parent = nullptr);

    void setState(StateShape shape, const QString &word); // the word stands beside the shape for screen readers
    void setNote(const QString &note);
    void addAction(QWidget *widget); // at the end of the line
    void setRule(bool shown);        // the line below

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateIcon *m_icon;
    PlainLabel *m_text;
    PlainLabel *m_note;
    QHBoxLayout *m_row;
    bool m_rule = true;
};

} // namespace cockpit
