// Adding or changing one monitor.
#pragma once

#include "models/monitoring.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace cockpit {

class PlainLabel;

// The sentence that says what is wrong with a monitor that was typed, or empty.
QString whatIsMissing(const Monitor &monitor);

class MonitorDialog : public QDialog
{
    Q_OBJECT

public:
    explicit MonitorDialog(const Monitor &monitor, QWidget *parent = nullptr);

    Monitor monitor() const;

private:
    void build();
    void fill(const Monitor &monitor);
    void validate();

    Monitor m_monitor;
    QLineEdit *m_name;
    QLineEdit *m_address;
    QComboBox *m_kind;
    QComboBox *m_interval;
    QCheckBox *m_enabled;
    PlainLabel *m_missing;
    QPushButton *m_save;
};

} // namespace cockpit
