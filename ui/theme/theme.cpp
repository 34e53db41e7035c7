#include "ui/theme/theme.h"

#include "ui/theme/stylesheet.h"
#include "ui/theme/typescale.h"

#include <QApplication>
#include <QStyleFactory>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// Qt 6.4 has no QStyleHints::colorScheme: the desktop's palette, or GTK's variable where there is no desktop plugin,
// tell.
bool systemLooksDark(const QApplication &application)
{
    if (qEnvironmentVariable("GTK_THEME").endsWith("dark"_L1, Qt::CaseInsensitive))
        return true;
    return application.palette().color(QPalette::Window).lightness() < 128;
}

} // namespace

QString toWord(ThemeChoice value)
{
    switch (value) {
    case ThemeChoice::System:
        return u"system"_s;
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    }
    Q_UNREACHABLE();
}

ThemeChoice themeChoiceFromWord(const QString &word)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (toWord(choice) == word)
            return choice;
    }
    return ThemeChoice::System;
}

Theme::Theme(QApplication &application, ThemeChoice choice, QObject *parent)
    : QObject(parent), m_application(application), m_choice(choice), m_systemIsDark(systemLooksDark(application))
{
    m_application.setStyle(QStyleFactory::create(u"Fusion"_s));
    m_application.setFont(interfaceFont());
    apply();
}

void Theme::setChoice(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::setSystemIsDark(bool dark)
{
    if (dark == m_systemIsDark)
        return;
    m_systemIsDark = dark;
    if (m_choice == ThemeChoice::System)
        apply();
}

const Tokens &Theme::tokens() const
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemIsDark);
    return dark ? darkTokens() : lightTokens();
}

void Theme::apply()
{
    m_application.setPalette(paletteFor(tokens()));
    m_application.setStyleSheet(styleSheetFor(tokens()));
    emit changed();
}

} // namespace cockpit
