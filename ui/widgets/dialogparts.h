// What every dialog is made of: a title, fields with their names above them, and the buttons below.
#pragma once

#include <QString>

class QDialog;
class QPushButton;
class QVBoxLayout;
class QWidget;

namespace cockpit {

QVBoxLayout *makeDialogColumn(QDialog *dialog, const QString &title, const QString &about);
// The name above the field is also its accessible name.
void addField(QVBoxLayout *column, const QString &name, QWidget *field, const QString &objectName);
// Cancel, and the primary button that comes back; the caller connects it.
QPushButton *addDialogButtons(QVBoxLayout *column, QDialog *dialog, const QString &okText);

} // namespace cockpit
