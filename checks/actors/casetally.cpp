#include "checks/actors/casetally.h"

#include "checks/actors/routeaddress.h"
#include "checks/web/report.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CaseTally)
};

// The rest is in the observed facts.
QString inWords(const QStringList &sentences)
{
    constexpr qsizetype kMost = 12;
    QStringList shown = sentences.first(std::min(sentences.size(), kMost));
    if (const auto more = static_cast<int>(sentences.size() - shown.size()); more > 0)
        shown.append(Text::tr("And %n more.", nullptr, more));
    return shown.join(u' ');
}

} // namespace

void CaseTally::addRow(QJsonObject row, const QString &notTested)
{
    if (notTested.isEmpty()) {
        ++told;
    } else {
        row.insert(u"not_tested"_s, notTested);
        open.append(notTested);
    }
    rows.append(row);
}

QJsonArray CaseTally::addNotTried(const std::vector<UntriedWrite> &writes)
{
    QJsonArray notTried;
    for (const UntriedWrite &one : writes) {
        notTried.append(QJsonObject{{u"route"_s, routeName(one.route)}, {u"why"_s, toWord(one.why)}});
        open.append(describe(one.why, one.route));
    }
    return notTried;
}

Judged judgedFrom(CaseTally tally, const QString &summary, QJsonObject observed)
{
    if (!tally.brokenOff.isEmpty()) {
        observed.insert(u"broken_off"_s, tally.brokenOff);
        tally.open.prepend(tally.brokenOff);
        tally.unseen = {{}};
    }
    noteUnseen(tally.unseen, observed);
    const QString reason = inWords(tally.open);
    const bool hasTold = tally.told > 0 && tally.brokenOff.isEmpty();
    if (tally.findings.empty() && !hasTold) {
        Judged judged = notRun(reason);
        judged.observed = std::move(observed);
        judged.summary = summary;
        return judged;
    }
    Judged judged = concluded(std::move(tally.findings), summary, std::move(observed), {});
    judged.reason = reason;
    if (judged.outcome == Outcome::Pass && !reason.isEmpty())
        judged.outcome = Outcome::Info;
    return judged;
}

void addOnce(std::vector<Finding> &findings, Finding finding)
{
    const auto known = std::ranges::find_if(findings, [&](const Finding &one) { return one.id() == finding.id(); });
    if (known == findings.end())
        findings.push_back(std::move(finding));
    else if (finding.proof < known->proof)
        *known = std::move(finding);
}

} // namespace cockpit
