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

} // namespace

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
