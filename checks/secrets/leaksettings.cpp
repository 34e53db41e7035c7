#include "checks/secrets/leaksettings.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/placeweight.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakJudge)
};

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

} // namespace

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

} // namespace cockpit
