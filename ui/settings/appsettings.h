// What the program remembers between starts. Typed, with defaults; each key is written once, in appsettings.cpp.
#pragma once

#include "models/verdict.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

class QSettings;

namespace cockpit {

struct RecentProject
{
    QString path;
    QString name;
    std::optional<VerdictDecision> verdict; // as it was when last seen; empty: nothing was looked at
    int blockers = 0;
    QDateTime lastOpened;

    bool operator==(const RecentProject &) const = default;
};

struct AppSettings
{
    QByteArray windowGeometry;
    std::vector<RecentProject> recent; // latest first
    QString language;                  // empty: the system's
    ThemeChoice theme = ThemeChoice::System;
    QString lastFolder;

    static constexpr int kMostRecent = 8;

    // Puts it first, replaces an older entry of the same path, forgets the oldest.
    void remember(const RecentProject &project);

    bool operator==(const AppSettings &) const = default;
};

// What to keep when two windows change what is kept: of what this one knew at first (`known`), what it changed
// (`mine`), and else what another stored meanwhile. Recent projects are those of both.
AppSettings merged(const AppSettings &known, const AppSettings &mine, const AppSettings &stored);

AppSettings loadSettings(QSettings &from);
void saveSettings(const AppSettings &settings, QSettings &to);

} // namespace cockpit
