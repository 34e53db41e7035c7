#include "ui/widgets/buttons.h"

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QPushButton *makeButton(const QString &text, const QString &objectName, const QString &kind, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setProperty("kind", kind);
    button->setCursor(Qt::PointingHandCursor);
    button->setFocusPolicy(Qt::StrongFocus);
    // Enter presses what has the focus; no button takes it away from a field.
    button->setAutoDefault(false);
    return button;
}

} // namespace

QPushButton *makePrimaryButton(const QString &text, const QString &objectName, QWidget *parent)
{
    return makeButton(text, objectName, u"primary"_s, parent);
}

QPushButton *makeSecondaryButton(const QString &text, const QString &objectName, QWidget *parent)
{
    return makeButton(text, objectName, u"secondary"_s, parent);
}

QPushButton *makeLinkButton(const QString &text, const QString &objectName, QWidget *parent)
{
    return makeButton(text, objectName, u"link"_s, parent);
}

} // namespace cockpit
