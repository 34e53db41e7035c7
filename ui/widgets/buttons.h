// Buttons by their weight on the page: one primary action, secondary ones beside it, links for what is rarely needed.
#pragma once

#include <QPushButton>

namespace cockpit {

// objectName is for tests and style; the accessible name is the button's text.
QPushButton *makePrimaryButton(const QString &text, const QString &objectName, QWidget *parent = nullptr);
QPushButton *makeSecondaryButton(const QString &text, const QString &objectName, QWidget *parent = nullptr);
QPushButton *makeLinkButton(const QString &text, const QString &objectName, QWidget *parent = nullptr);

} // namespace cockpit
