#include "checks/access/renamedquestions.h"

#include "checks/access/questionname.h"
#include "checks/engine/check.h"
#include "models/unseen.h"

#include <algorithm>

namespace cockpit {

namespace {

bool hasSeenQuestion(const Judged &judged, const Finding &earlier, const QString &name)
{
    CheckResult look{.outcome = judged.outcome};
    look.observed = judged.observed;
    Finding today = earlier;
    today.subject = name;
    return hasSeen(look, today);
}

} // namespace

RenamedQuestions renamedQuestions(const std::vector<RouteSample> &questions, const QStringList &open)
{
    RenamedQuestions renamed;
    for (const RouteSample &question : questions) {
        const QString name = questionName(question);
        for (const QString &earlier : earlierQuestionNames(question)) {
            if (open.contains(earlier) && !renamed[earlier].contains(name))
                renamed[earlier].append(name);
        }
    }
    for (const RouteSample &question : questions)
        renamed.erase(questionName(question));
    return renamed;
}

void keepRenamed(Judged &judged, const RenamedQuestions &renamed, const std::vector<Finding> &open)
{
    std::vector<Unseen> kept;
    for (const Finding &finding : open) {
        const auto names = renamed.find(finding.subject);
        if (names == renamed.end())
            continue;
        const bool isSeen = std::ranges::all_of(
            names->second, [&](const QString &name) { return hasSeenQuestion(judged, finding, name); });
        if (!isSeen)
            kept.push_back({.subject = finding.subject, .code = finding.code, .host = finding.host, .isExact = true});
    }
    addUnseen(kept, judged.observed);
}

} // namespace cockpit
