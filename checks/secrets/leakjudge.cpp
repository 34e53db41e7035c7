#include "checks/secrets/leakjudge.h"

#include "checks/secrets/placeweight.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakJudge)
};

constexpr qsizetype kSubjectDigits = 16; // of the fingerprint: enough to tell ten thousand apart
constexpr size_t kPlacesShown = 10;
constexpr qsizetype kCommitDigits = 10;
constexpr int kMinutesToReplace = 30;
constexpr size_t kMostObserved = 1000;

QString titleOf(const Leak &leak, LeakGround ground)
{
    switch (ground) {
    case LeakGround::Tree:
        return Text::tr("%1 stands in the code").arg(leak.name);
    case LeakGround::History:
        return Text::tr("%1 stands in the history of the code").arg(leak.name);
    case LeakGround::Build:
        return Text::tr("%1 stands in the built files").arg(leak.name);
    case LeakGround::Package:
        return Text::tr("%1 is in the app that customers install").arg(leak.name);
    }
    Q_UNREACHABLE();
}

QString fileOf(const LeakPlace &place)
{
    if (place.isInName)
        return Text::tr("in the name of %1").arg(place.path);
    return place.line > 0 ? Text::tr("%1, line %2").arg(place.path, QString::number(place.line)) : place.path;
}

// The file, and the commit that brought it.
QString sinceOf(const LeakPlace &place)
{
    const QString file = fileOf(place);
    const QString day = QLocale().toString(place.at.date(), QLocale::ShortFormat);
    if (place.commit.isEmpty())
        return place.at.isValid() ? Text::tr("%1, of %2 by %3").arg(file, day, place.author) : file;
    const QString commit = place.commit.left(kCommitDigits);
    if (!place.at.isValid())
        return Text::tr("%1, commit %2").arg(file, commit);
    return Text::tr("%1, since commit %2 of %3 by %4").arg(file, commit, day, place.author);
}

QString textOf(const LeakPlace &place)
{
    return place.isInHead ? Text::tr("%1; HEAD still has it").arg(sinceOf(place)) : sinceOf(place);
}

// What a stranger may have read. A stash and what only this machine remembers were never handed out with the code.
bool isPublished(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    const bool isOfCode = ground == LeakGround::Tree || ground == LeakGround::History;
    const bool isShared =
        leak.history ? !leak.history->isStaged && (!leak.history->isPlaced || leak.history->reach == Reach::References)
                     : !leak.outsideGit || leak.isHalfLookedUp;
    return isOfCode && isShared && audience == CodeAudience::Public && leak.kind != LeakKind::TestMode;
}

// Of a file that git does not have.
QString outsideText(const Leak &leak)
{
    if (leak.isHalfLookedUp)
        return Text::tr(
            "Git does not have that file now. Whether an earlier commit has it was not looked up, as not all "
            "of the history could be read.");
    if (leak.outsideGit == GitStanding::Untracked)
        return Text::tr("Git does not have that file yet, and does not ignore it: the next \"git add\" of all files "
                        "takes it in. Move the value out of it before.");
    return Text::tr("Git ignores that file and no commit has it: who reads the code does not see it, unless the folder "
                    "itself was handed on. Move the value out of it all the same: an archive or an AI tool takes it "
                    "along.");
}

// The one question that only a person can answer, or what follows from the answer. A built file and an app are handed
// out in any case.
QString audienceText(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    const bool isOfCode = ground == LeakGround::Tree || ground == LeakGround::History;
    if (!isOfCode || leak.kind == LeakKind::TestMode)
        return {};
    if (isPublished(leak, ground, audience))
        return Text::tr("The code is public, or was: count it as taken, and replace it now.");
    if (leak.history && leak.history->isPlaced && leak.history->reach != Reach::References)
        return Text::tr("Replace it if that commit was ever pushed, or the folder was handed on.");
    if (!leak.history && leak.outsideGit)
        return outsideText(leak);
    switch (audience) {
    case CodeAudience::NotSaid:
        return Text::tr("Is the repository, or any fork of it, public, or was it once? Then count it as taken and "
                        "replace it now. Say so on the page Code and files.");
    case CodeAudience::Team:
        return Text::tr("Only your team can read the code, as you said: replace it this week, for each copy has it.");
    case CodeAudience::Public:
        break; // said above
    }
    return {};
}

QString codeOf(const Leak &leak, LeakGround ground)
{
    if (leak.kind == LeakKind::TestMode)
        return u"test_key"_s;
    if (ground == LeakGround::History && leak.history && !leak.history->isStaged && leak.history->isPlaced) {
        if (leak.history->kind == BlobKind::Configuration)
            return u"secret_in_git_config"_s;
        // A dropped stash is in the reflog for a while, and then in nothing: what a person decided stays decided.
        if (leak.history->reach != Reach::References)
            return u"secret_kept_by_git"_s;
    }
    return u"secret"_s;
}

Severity oneStepHigher(Severity severity)
{
    return severity == Severity::Critical ? severity : static_cast<Severity>(static_cast<int>(severity) - 1);
}

QString seenOf(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    QString seen = Text::tr("%1 was found in %2.").arg(leak.masked, sinceOf(leak.places.front()));
    if (leak.history) {
        // Of a file of now the place does not say who brought it.
        if (ground == LeakGround::Tree)
            if (const QString first = firstSentence(*leak.history); !first.isEmpty())
                seen += u' ' + first;
        seen += u' ' + standingText(*leak.history);
    }
    if (leak.placeCount > 1)
        seen += u' ' + Text::tr("It stands in %n more place(s).", nullptr, static_cast<int>(leak.placeCount - 1));
    if (const QString opens = labelsOf(leak.opens); !opens.isEmpty())
        seen += u' ' + Text::tr("Whoever has it reaches: %1.").arg(opens);
    if (leak.isGeneric)
        seen += u' ' + Text::tr("It is known by its name alone: a person should look whether it is a real one.");
    if (const QString said = audienceText(leak, ground, audience); !said.isEmpty())
        seen += u' ' + said;
    return seen;
}

Evidence placesOf(const Leak &leak)
{
    QStringList lines;
    for (size_t i = 0; i < std::min(leak.places.size(), kPlacesShown); ++i)
        lines << textOf(leak.places[i]);
    if (const qint64 more = leak.placeCount - lines.size(); more > 0)
        lines << Text::tr("… and %n more place(s).", nullptr, static_cast<int>(more));
    return {Text::tr("Where it stands"), lines.join(u'\n')};
}

// The exact commands, which a guide cannot have: they name the commit and the file.
Evidence purgeOf(const LeakHistory &history)
{
    QStringList lines;
    for (const QString &step : purgeSteps(history))
        lines << u"%1. %2"_s.arg(QString::number(lines.size() + 1), step);
    return {Text::tr("After it was replaced: out of the history"), lines.join(u'\n')};
}

Finding findingOf(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    Finding finding;
    finding.code = codeOf(leak, ground);
    finding.subject = QString::fromLatin1(leak.fingerprint.left(kSubjectDigits));
    finding.severity = isPublished(leak, ground, audience) ? oneStepHigher(leak.severity) : leak.severity;
    finding.proof = leak.isGeneric ? Proof::Lead : Proof::Strong;
    finding.impact = impactOf(leak.opens);
    finding.title = titleOf(leak, ground);
    finding.whatWeSaw = seenOf(leak, ground, audience);
    finding.fix.paste = leak.rotate.toString();
    finding.effortMinutes = kMinutesToReplace;
    finding.evidence = {placesOf(leak)};
    if (leak.history && leak.kind != LeakKind::TestMode)
        finding.evidence.push_back(purgeOf(*leak.history));
    const LeakPlace &first = leak.places.front();
    finding.location = Location{first.path, static_cast<int>(first.line), first.commit};
    return finding;
}

Finding restOf(std::span<const Leak *const> rest)
{
    Finding finding;
    finding.code = u"more"_s;
    finding.severity = rest.front()->severity;
    finding.proof = Proof::Strong;
    finding.impact = impactOf(rest.front()->opens);
    finding.title = Text::tr("%n more secret(s) of the same kind", nullptr, static_cast<int>(rest.size()));
    finding.whatWeSaw = Text::tr("More were found than can be listed one by one. `launch-cockpit secrets` lists them "
                                 "all.");
    finding.effortMinutes = kMinutesToReplace * static_cast<int>(std::min<size_t>(rest.size(), 100));
    return finding;
}

using LeakRefs = std::vector<const Leak *>;

LeakRefs openOnes(const std::vector<Leak> &leaks)
{
    LeakRefs open;
    for (const Leak &leak : leaks) {
        if (leak.kind != LeakKind::PublicByDesign && !leak.allowed)
            open.push_back(&leak);
    }
    return open;
}

std::vector<Finding> findingsOf(const std::vector<Leak> &leaks, LeakGround ground, CodeAudience audience)
{
    const LeakRefs open = openOnes(leaks);
    std::vector<Finding> findings;
    const size_t shown = std::min(open.size(), kMostLeakFindings);
    findings.reserve(shown + 1);
    for (size_t i = 0; i < shown; ++i)
        findings.push_back(findingOf(*open[i], ground, audience));
    if (open.size() > shown)
        findings.push_back(restOf(std::span(open).subspan(shown)));
    return findings;
}

QString namesOf(const LeakRefs &leaks)
{
    constexpr qsizetype most = 5;
    QStringList names;
    for (const Leak *leak : leaks) {
        if (!names.contains(leak->name))
            names << leak->name;
    }
    return names.mid(0, most).join(u", "_s) + (names.size() > most ? u", …"_s : QString());
}

// Nobody has seen its secrets by that: they need no replacing, and the file needs to be kept where it is.
Finding findingOf(const OwnSettingsFile &file, const LeakRefs &open)
{
    const bool isInWorkTree = file.standing == GitStanding::Untracked;
    const bool isGuess = std::ranges::all_of(open, &Leak::isGeneric);
    const auto count = static_cast<int>(open.size());
    Finding finding;
    finding.code = isInWorkTree ? u"not_ignored"_s : u"outside_git"_s;
    finding.subject = file.path;
    finding.severity = oneStepLower(open.front()->severity);
    finding.proof = isInWorkTree && !isGuess ? Proof::Strong : Proof::Lead;
    finding.impact = impactOf(open.front()->opens);
    finding.title = isInWorkTree ? Text::tr("A settings file with secrets is one command away from the code")
                                 : Text::tr("A settings file with secrets lies in a folder without git");
    finding.whatWeSaw =
        isInWorkTree
            ? Text::tr("%1 holds %n secret(s) (%2). Git does not have it yet, and does not ignore it: the next "
                       "\"git add\" of all files takes it in.",
                       nullptr, count)
                  .arg(file.path, namesOf(open))
            : Text::tr("%1 holds %n secret(s) (%2). The folder is in no git repository, so nothing says whether "
                       "this file goes along when the code is handed on.",
                       nullptr, count)
                  .arg(file.path, namesOf(open));
    finding.effortMinutes = 5;
    finding.location = Location{file.path, static_cast<int>(open.front()->places.front().line), {}};
    return finding;
}

std::vector<Finding> findingsOf(const std::vector<OwnSettingsFile> &files)
{
    std::vector<Finding> findings;
    for (const OwnSettingsFile &file : files) {
        const LeakRefs open = openOnes(file.leaks);
        if (!open.empty() && file.standing != GitStanding::Ignored && findings.size() < kMostLeakFindings)
            findings.push_back(findingOf(file, open));
    }
    return findings;
}

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
    else if (leak.history && leak.history->first && leak.history->kind != BlobKind::TagMessage)
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

// files: of settings, with secrets.
QString summaryOf(const LeakReport &report, size_t secrets, size_t files)
{
    QString looked = Text::tr("%n file(s) searched", nullptr, static_cast<int>(report.files));
    if (report.programs > 0)
        looked = Text::tr("%1, the strings of %n program(s) or other file(s) without text among them", nullptr,
                          static_cast<int>(report.programs))
                     .arg(looked);
    if (secrets > 0)
        return Text::tr("%1, %n secret(s) found.", nullptr, static_cast<int>(secrets)).arg(looked);
    if (files > 0)
        return Text::tr("%1, no secret in the code, and %n settings file(s) with secrets beside it.", nullptr,
                        static_cast<int>(files))
            .arg(looked);
    return Text::tr("%1, no secret found.").arg(looked);
}

} // namespace

std::vector<Impact> leakImpacts()
{
    return {Impact::AccountTakeover, Impact::DataExposure, Impact::EmailDelivery, Impact::CostAbuse,
            Impact::Maintainability};
}

Judged judgeLeaks(const LeakReport &report, LeakGround ground, CodeAudience audience)
{
    const bool isEmpty = report.files == 0 && report.leaks.empty() && report.gaps.isEmpty();
    if (isEmpty && report.passedOver > 0)
        return notRun(Text::tr("None of the %n file(s) in the place that was named is text, so nothing was searched.",
                               nullptr, static_cast<int>(report.passedOver)));
    if (isEmpty)
        return notRun(Text::tr("There is no file in the place that was named, so nothing was searched."));
    Judged judged;
    judged.findings = findingsOf(report.leaks, ground, audience);
    const size_t secrets = judged.findings.size();
    for (Finding &finding : findingsOf(report.ownSettings))
        judged.findings.push_back(std::move(finding));
    judged.outcome = outcomeFor(judged.findings);
    judged.summary =
        summaryOf(report, secrets, static_cast<size_t>(std::ranges::count_if(report.ownSettings, [](const auto &file) {
                      return !openOnes(file.leaks).empty();
                  })));
    judged.observed = observedOf(report);
    if (report.gaps.isEmpty())
        return judged;
    noteUnseen({{}}, judged.observed); // any secret may stand in what was not looked at
    judged.reason = report.gaps.join(u' ');
    if (judged.outcome == Outcome::Pass)
        judged.outcome = report.files > 0 ? Outcome::Info : Outcome::Error;
    return judged;
}

} // namespace cockpit
