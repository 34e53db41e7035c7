// The window's lower edge: Back and Next, named after where they lead.
#pragma once

#include <QFrame>

class QPushButton;

namespace cockpit {

class PlainLabel;

class BottomBar : public QFrame
{
    Q_OBJECT

public:
    explicit BottomBar(QWidget *parent = nullptr);

    // Empty names hide the button.
    void setNames(const QString &back, const QString &next);
    void setNote(const QString &note);

signals:
    void back();
    void next();

private:
    QPushButton *m_back;
    PlainLabel *m_note;
    QPushButton *m_next;
};

} // namespace cockpit
