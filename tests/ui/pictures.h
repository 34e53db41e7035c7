// Pictures of what a test shows, for people: into the folder that COCKPIT_SHOTS names, light or, with
// COCKPIT_SHOTS_THEME=dark, dark. Without the variable nothing is drawn.
#pragma once

#include "ui/theme/theme.h"

#include <QApplication>
#include <QWidget>

#include <memory>

namespace cockpit::testing {

inline std::unique_ptr<Theme> themeForPictures()
{
    const bool isDark = qEnvironmentVariable("COCKPIT_SHOTS_THEME") == QLatin1StringView("dark");
    return std::make_unique<Theme>(*qApp, isDark ? ThemeChoice::Dark : ThemeChoice::Light);
}

inline bool keepPicture(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("COCKPIT_SHOTS");
    return folder.isEmpty() || widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

} // namespace cockpit::testing
