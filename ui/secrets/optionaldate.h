// A day that may not be known: a box to say that it is, and the day beside it.
#pragma once

#include <QDate>
#include <QWidget>

class QCheckBox;
class QDateEdit;

namespace cockpit {

class OptionalDate : public QWidget
{
    Q_OBJECT

public:
    // word: beside the box ("It is known"). usual: the day that is offered when the box is ticked.
    OptionalDate(const QString &word, const QDate &usual, QWidget *parent = nullptr);

    void setDate(const QDate &date); // null: not known
    QDate date() const;
    // What the day is, for screen readers; also names both parts for tests.
    void describe(const QString &what, const QString &objectName);

signals:
    void changed();

private:
    QCheckBox *m_known;
    QDateEdit *m_day;
};

} // namespace cockpit
