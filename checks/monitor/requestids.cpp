#include "checks/monitor/requestids.h"

#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RequestIds)
};

void add(IdCounts &sum, const IdCounts &more)
{
    sum.entries += more.entries;
    sum.withId += more.withId;
}

IdsSeen sumOf(const std::vector<LogDigest> &digests)
{
    IdsSeen sum;
    for (const LogDigest &digest : digests) {
        add(sum.product, digest.ids.product);
        add(sum.access, digest.ids.access);
        add(sum.requests, digest.ids.requests);
        add(sum.errors, digest.ids.errors);
        sum.distinct += digest.ids.distinct;
        sum.shared += digest.ids.shared;
        sum.unrelated += digest.ids.unrelated;
    }
    return sum;
}

int shareOf(const IdCounts &counts)
{
    return counts.entries == 0 ? 0 : static_cast<int>(100 * counts.withId / counts.entries);
}

struct Fault
{
    QString code;
    Severity severity = Severity::Medium;
    Proof proof = Proof::Strong;
    QString title;
    QString saw;
};

Finding findingOf(const Fault &fault)
{
    Finding finding =
        makeFinding(fault.code, fault.severity, fault.proof, Impact::Maintainability, fault.title, fault.saw);
    finding.effortMinutes = 60;
    return finding;
}

bool canBeJudged(const IdsSeen &seen)
{
    const bool tellsRequests = seen.requests.entries >= kFewestRequests || seen.product.withId > 0;
    return seen.product.entries >= kFewestIdLines && tellsRequests;
}

void judgeProduct(const IdsSeen &seen, std::vector<Finding> &findings)
{
    const int share = shareOf(seen.product);
    if (seen.product.withId == 0) {
        findings.push_back(
            findingOf({.code = u"no_ids"_s,
                       .title = Text::tr("Your log lines carry no request ID"),
                       .saw = Text::tr("None of %1 lines carries a request ID.").arg(seen.product.entries)}));
        return;
    }
    if (share < kEnoughWithId) {
        findings.push_back(findingOf({.code = u"few_ids"_s,
                                      .severity = share < kManyWithoutId ? Severity::Medium : Severity::Low,
                                      .title = Text::tr("Many log lines carry no request ID"),
                                      .saw = Text::tr("%1 of 100 lines carry a request ID. Wanted: %2 or more.")
                                                 .arg(QString::number(share), QString::number(kEnoughWithId))}));
    } else if (seen.errors.entries >= kFewestErrors && shareOf(seen.errors) < kEnoughWithId) {
        // The lines for whose sake the others carry one.
        findings.push_back(findingOf({.code = u"errors_without_ids"_s,
                                      .title = Text::tr("Errors are logged without a request ID"),
                                      .saw = Text::tr("%1 of 100 lines carry a request ID, of the errors only %2 of "
                                                      "100.")
                                                 .arg(QString::number(share), QString::number(shareOf(seen.errors)))}));
    }
    const qint64 others = seen.product.withId - seen.requests.withId;
    if (seen.shared == 0 && seen.product.withId >= kFewestIdLines && others >= kFewestIdLines / 2)
        findings.push_back(
            findingOf({.code = u"ids_not_shared"_s,
                       .severity = Severity::Low,
                       .proof = Proof::Lead,
                       .title = Text::tr("No request can be followed from line to line"),
                       .saw = Text::tr("%1 lines carry an ID, each its own: no two lines have one in common.")
                                  .arg(seen.product.withId)}));
}

void judgeAccess(const IdsSeen &seen, std::vector<Finding> &findings)
{
    if (seen.access.entries < kFewestIdLines || shareOf(seen.access) >= kEnoughWithId)
        return;
    findings.push_back(findingOf(
        {.code = u"access_without_ids"_s,
         .severity = Severity::Low,
         .title = Text::tr("The web server's log cannot be joined with the product's"),
         .saw =
             Text::tr("%1 of 100 lines of the web server's own log carry a request ID.").arg(shareOf(seen.access))}));
}

QJsonObject observedOf(const LogsRead &read, const IdsSeen &seen)
{
    return {{u"sources"_s, sourcesJson(read.digests)},
            {u"lines"_s, seen.product.entries},
            {u"with_id"_s, seen.product.withId},
            {u"requests"_s, seen.requests.entries},
            {u"requests_with_id"_s, seen.requests.withId},
            {u"errors"_s, seen.errors.entries},
            {u"errors_with_id"_s, seen.errors.withId},
            {u"access_lines"_s, seen.access.entries},
            {u"access_with_id"_s, seen.access.withId},
            {u"other_lines"_s, seen.unrelated},
            {u"ids"_s, seen.distinct},
            {u"ids_on_several_lines"_s, seen.shared}};
}

} // namespace

Judged judgeRequestIds(const LogsRead &read)
{
    if (read.failed)
        return couldNotLook(*read.failed);
    const IdsSeen seen = sumOf(read.digests);
    const bool isProductSeen = canBeJudged(seen);
    Judged judged;
    if (isProductSeen)
        judgeProduct(seen, judged.findings);
    judgeAccess(seen, judged.findings);
    judged.observed = observedOf(read, seen);
    const QString tooLittle =
        seen.product.entries + seen.unrelated < kFewestIdLines
            ? Text::tr("Fewer than %1 lines of the product's own log are there. Name the log that "
                       "your product writes itself, of a busy day.")
                  .arg(kFewestIdLines)
            : Text::tr("No line of the product's own log tells of a request, so that none needs a "
                       "request ID. Name the log of the part that answers requests.");
    if (!isProductSeen && judged.findings.empty()) {
        Judged nothing = notRun(tooLittle);
        nothing.observed = judged.observed;
        return nothing;
    }
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = isProductSeen
                         ? Text::tr("%1 of 100 lines carry a request ID").arg(shareOf(seen.product))
                         : Text::tr("%n line(s) of a web server's log read", nullptr, forPlural(seen.access.entries));
    if (!isProductSeen)
        addGaps({tooLittle}, judged);
    addGaps(read.gaps, judged);
    return judged;
}

Check requestIdsCheck()
{
    return {.id = u"monitor.request-ids"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Maintainability},
            .needs = {Need::Folder},
            .sources = {SourceKind::Log},
            .look = [](const Look &look) { return judgeRequestIds(readLogs(look, {SourceKind::Log})); }};
}

} // namespace cockpit
