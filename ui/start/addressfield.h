// Where the address of a product is typed, with a line below that says what it was understood as, or what to type
// instead.
#pragma once

#include "models/target.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLineEdit;

namespace cockpit {

class PlainLabel;

class AddressField : public QWidget
{
    Q_OBJECT

public:
    explicit AddressField(QWidget *parent = nullptr);

    QLineEdit *edit() const { return m_edit; }
    QString message() const;
    // The target, or nothing and a message that says why not.
    std::optional<Target> target();

signals:
    void submitted();

private:
    void showUnderstood(const Target &target);
    void showProblem(const QString &problem);
    void read(); // as typed: praises at once, complains after a pause

    QLineEdit *m_edit;
    PlainLabel *m_message;
    QTimer m_pause;
};

} // namespace cockpit
