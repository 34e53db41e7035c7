// Light or dark, chosen by the user or taken from the system, applied to the whole application.
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>

class QApplication;

namespace cockpit {

enum class ThemeChoice { System, Light, Dark };
QString toWord(ThemeChoice value);
ThemeChoice themeChoiceFromWord(const QString &word); // System when unknown

// One per application, made before the first widget: it reads the system's palette before it replaces it.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication &application, ThemeChoice choice = ThemeChoice::System, QObject *parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    // What the desktop prefers right now, when something (a settings portal) reports it.
    void setSystemIsDark(bool dark);
    const Tokens &tokens() const;

signals:
    void changed();

private:
    void apply();

    QApplication &m_application;
    ThemeChoice m_choice;
    bool m_systemIsDark;
};

} // namespace cockpit
