#include "checks/secrets/leakobserved.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostObserved = 1000;

QString wordOf(GitStanding standing)
{
    switch (standing) {
    case GitStanding::Ignored:
        return u"ignored"_s;
    case GitStanding::Untracked:
        return u"not_ignored"_s;
    case GitStanding::Tracked:
    case GitStanding::NoRepository:
    case GitStanding::Unknown:
        return u"none"_s;
    }
    Q_UNREACHABLE();
}

QJsonArray observedOf(const std::vector<OwnSettingsFile> &files)
{
    QJsonArray rows;
    for (size_t i = 0; i < std::min(files.size(), kMostObserved); ++i)
        rows.append(QJsonObject{{u"file"_s, files[i].path},
                                {u"git"_s, wordOf(files[i].standing)},
                                {u"secrets"_s, static_cast<int>(openOnes(files[i].leaks).size())}});
    return rows;
}

QJsonObject observedOf(const Leak &leak)
{
    const LeakPlace &first = leak.places.front();
    QJsonObject row{{u"rule"_s, leak.ruleId},
                    {u"name"_s, leak.name},
                    {u"class"_s, toWord(leak.kind)},
                    {u"severity"_s, toWord(leak.severity)},
                    {u"masked"_s, leak.masked},
                    {u"fingerprint"_s, QString::fromLatin1(leak.fingerprint)},
                    {u"file"_s, first.path},
                    {u"line"_s, first.line},
                    {u"places"_s, leak.placeCount},
                    {u"allowed"_s, leak.allowed.has_value()},
                    {u"proof"_s, toWord(leak.isGeneric ? Proof::Lead : Proof::Strong)}};
    if (!first.commit.isEmpty())
        row.insert(u"commit"_s, first.commit);
    else if (leak.history && leak.history->first && !isOfTag(leak.history->kind))
        row.insert(u"commit"_s, QString::fromLatin1(leak.history->first->id));
    if (leak.outsideGit)
        row.insert(u"outside_git"_s, wordOf(*leak.outsideGit));
    if (leak.history) {
        row.insert(u"commits"_s, leak.history->commits);
        row.insert(u"in_head"_s, leak.history->isInHead);
        row.insert(u"reach"_s, leak.history->isStaged ? u"staged"_s : toWord(leak.history->reach));
        row.insert(u"held_by"_s, QJsonArray::fromStringList(toWords(leak.history->holders)));
    }
    return row;
}

} // namespace

QJsonObject observedOf(const LeakReport &report)
{
    QJsonArray rows;
    for (size_t i = 0; i < std::min(report.leaks.size(), kMostObserved); ++i)
        rows.append(observedOf(report.leaks[i]));
    return {{u"files"_s, report.files},
            {u"programs"_s, report.programs},
            {u"passed_over"_s, report.passedOver},
            {u"bytes"_s, report.bytes},
            {u"links"_s, report.links},
            {u"special"_s, report.special},
            {u"secrets"_s, rows},
            {u"settings_files"_s, observedOf(report.ownSettings)},
            {u"gaps"_s, QJsonArray::fromStringList(report.gaps)}};
}

} // namespace cockpit
