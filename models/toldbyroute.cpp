#include "models/toldbyroute.h"

#include "models/unseen.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// What was left in the product is not about a route.
bool isToldByRoute(const Finding &finding)
{
    return finding.checkId == "abuse.schema"_L1 && finding.code != "test_record_left"_L1;
}

// "POST /notes" is no part of "POST /notes/{id}".
bool endsRoute(QStringView rest)
{
    return rest.isEmpty() || rest.front().isSpace() || u",;:)("_s.contains(rest.front()) ||
           (rest.front() == u'.' && endsRoute(rest.mid(1)));
}

} // namespace

bool isOfAllRoutes(const Finding &finding)
{
    return isToldByRoute(finding) && finding.subject.isEmpty();
}

QString idOfAllRoutes(const Finding &finding)
{
    if (!isToldByRoute(finding) || finding.subject.isEmpty())
        return {};
    Finding old = finding;
    old.subject.clear();
    return old.id();
}

bool isNamedIn(const Finding &old, const Finding &finding)
{
    const QStringView saw = old.whatWeSaw;
    for (qsizetype at = saw.indexOf(finding.subject); at >= 0; at = saw.indexOf(finding.subject, at + 1)) {
        const bool begins = at == 0 || !saw.at(at - 1).isLetterOrNumber();
        if (begins && endsRoute(saw.mid(at + finding.subject.size())))
            return true;
    }
    return false;
}

// A gap at a route that is told hides nothing more: it is open there already.
bool takesPlaceOf(const Finding &old, const CheckResult &result)
{
    QStringList told;
    for (const Finding &finding : result.findings) {
        if (idOfAllRoutes(finding) == old.id())
            told.append(finding.subject);
    }
    if (told.isEmpty())
        return false;
    CheckResult others = result;
    std::vector<Unseen> gaps = unseenIn(result.observed);
    std::erase_if(gaps, [&](const Unseen &gap) { return told.contains(gap.subject); });
    noteUnseen(gaps, others.observed);
    return hasSeen(others, old);
}

} // namespace cockpit
