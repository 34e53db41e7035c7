#include "ui/widgets/dialogparts.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

QVBoxLayout *makeDialogColumn(QDialog *dialog, const QString &title, const QString &about)
{
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kWide);
    column->setSpacing(space::kSmall);
    dialog->setMinimumWidth(dialog->fontMetrics().averageCharWidth() * 64);
    auto *heading = new PlainLabel(title);
    heading->setScale(TextSize::Section, QFont::DemiBold);
    column->addWidget(heading);
    auto *subject = new PlainLabel(about);
    subject->setMuted();
    column->addWidget(subject);
    column->addSpacing(space::kSmall);
    return column;
}

void addField(QVBoxLayout *column, const QString &name, QWidget *field, const QString &objectName)
{
    auto *label = new PlainLabel(name);
    label->setScale(TextSize::Body, QFont::DemiBold);
    label->setBuddy(field);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    column->addWidget(label);
    column->addWidget(field);
}

QPushButton *addDialogButtons(QVBoxLayout *column, QDialog *dialog, const QString &okText)
{
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    QPushButton *cancel = makeSecondaryButton(QDialog::tr("Cancel"), u"cancel"_s);
    QPushButton *ok = makePrimaryButton(okText, u"ok"_s);
    ok->setDefault(true);
    row->addWidget(cancel);
    row->addWidget(ok);
    column->addSpacing(space::kSmall);
    column->addLayout(row);
    QObject::connect(cancel, &QPushButton::clicked, dialog, &QDialog::reject);
    return ok;
}

} // namespace cockpit
