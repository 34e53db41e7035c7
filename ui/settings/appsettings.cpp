#include "ui/settings/appsettings.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

const auto kGeometry = u"window/geometry"_s;
const auto kLanguage = u"language"_s;
const auto kTheme = u"theme"_s;
const auto kLastFolder = u"lastFolder"_s;
const auto kRecent = u"recent"_s;
const auto kPath = u"path"_s;
const auto kName = u"name"_s;
const auto kVerdict = u"verdict"_s;
const auto kBlockers = u"blockers"_s;
const auto kLastOpened = u"lastOpened"_s;

std::optional<VerdictDecision> verdictFromWord(const QString &word)
{
    for (const auto decision : {VerdictDecision::Go, VerdictDecision::GoWithConditions, VerdictDecision::NoGo}) {
        if (toWord(decision) == word)
            return decision;
    }
    return std::nullopt;
}

RecentProject readRecent(const QSettings &from)
{
    return {.path = from.value(kPath).toString(),
            .name = from.value(kName).toString(),
            .verdict = verdictFromWord(from.value(kVerdict).toString()),
            .blockers = from.value(kBlockers).toInt(),
            .lastOpened = from.value(kLastOpened).toDateTime()};
}

void writeRecent(const RecentProject &project, QSettings &to)
{
    to.setValue(kPath, project.path);
    to.setValue(kName, project.name);
    to.setValue(kVerdict, project.verdict ? toWord(*project.verdict) : QString());
    to.setValue(kBlockers, project.blockers);
    to.setValue(kLastOpened, project.lastOpened);
}

std::vector<RecentProject> joined(const std::vector<RecentProject> &mine, const std::vector<RecentProject> &others)
{
    std::vector<RecentProject> all = mine;
    for (const RecentProject &project : others) {
        const auto known = std::ranges::find(all, project.path, &RecentProject::path);
        if (known == all.end())
            all.push_back(project);
        else if (known->lastOpened < project.lastOpened)
            *known = project;
    }
    std::ranges::stable_sort(all, std::ranges::greater(), &RecentProject::lastOpened);
    if (all.size() > AppSettings::kMostRecent)
        all.resize(AppSettings::kMostRecent);
    return all;
}

} // namespace

AppSettings merged(const AppSettings &known, const AppSettings &mine, const AppSettings &stored)
{
    AppSettings kept = stored;
    const auto keepMine = [&](auto field) {
        if (mine.*field != known.*field)
            kept.*field = mine.*field;
    };
    keepMine(&AppSettings::windowGeometry);
    keepMine(&AppSettings::language);
    keepMine(&AppSettings::theme);
    keepMine(&AppSettings::lastFolder);
    kept.recent = joined(mine.recent, stored.recent);
    return kept;
}

void AppSettings::remember(const RecentProject &project)
{
    std::erase_if(recent, [&](const RecentProject &known) { return known.path == project.path; });
    recent.insert(recent.begin(), project);
    if (recent.size() > kMostRecent)
        recent.resize(kMostRecent);
}

AppSettings loadSettings(QSettings &from)
{
    AppSettings settings;
    settings.windowGeometry = from.value(kGeometry).toByteArray();
    settings.language = from.value(kLanguage).toString();
    settings.theme = themeChoiceFromWord(from.value(kTheme).toString());
    settings.lastFolder = from.value(kLastFolder).toString();
    const int count = std::min(from.beginReadArray(kRecent), AppSettings::kMostRecent);
    for (int i = 0; i < count; ++i) {
        from.setArrayIndex(i);
        settings.recent.push_back(readRecent(from));
    }
    from.endArray();
    return settings;
}

void saveSettings(const AppSettings &settings, QSettings &to)
{
    to.setValue(kGeometry, settings.windowGeometry);
    to.setValue(kLanguage, settings.language);
    to.setValue(kTheme, toWord(settings.theme));
    to.setValue(kLastFolder, settings.lastFolder);
    to.remove(kRecent); // a shorter list would leave old entries behind
    to.beginWriteArray(kRecent, static_cast<int>(settings.recent.size()));
    for (int i = 0; const RecentProject &project : settings.recent) {
        to.setArrayIndex(i++);
        writeRecent(project, to);
    }
    to.endArray();
}

} // namespace cockpit
