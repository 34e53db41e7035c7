#include "checks/abuse/badreads.h"
#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "checks/abuse/schematally.h"
#include "checks/abuse/schematold.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/inwords.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

// A read that gave no answer may do what it did before.
void countReads(const BadInputRun &run, SchemaTally &whole)
{
    QStringList silent;
    for (const Route &route : run.silentReads) {
        whole.cases.gaps.hide({.subject = routeName(route)});
        silent.append(routeName(route));
    }
    whole.spokenOf += silent;
    if (!silent.isEmpty())
        whole.cases.gaps.say(Text::tr("%n request(s) to read gave no answer that tells: what bad input does there, and "
                                      "what is handed out, is not known.",
                                      nullptr, static_cast<int>(silent.size())));
    const auto leave = [&](const std::vector<Route> &routes) {
        QStringList names;
        for (const Route &route : routes)
            names.append(routeName(route));
        whole.spokenOf += names;
        return names;
    };
    if (const QStringList names = leave(run.leftReads.without); !names.isEmpty() && run.brokenOff.isEmpty())
        whole.cases.gaps.say(Text::tr("No request was left for bad input at %n search(es) and list(s): %1. Allow more "
                                      "on the page \"Access\".",
                                      nullptr, static_cast<int>(names.size()))
                                 .arg(namesInWords(names)));
    if (const QStringList names = leave(run.leftReads.beyond); !names.isEmpty())
        whole.cases.gaps.say(Text::tr("Of searches and lists, one look tries %1 at most. Not tried, %n more: %2. The "
                                      "next look begins with them.",
                                      nullptr, static_cast<int>(names.size()))
                                 .arg(QString::number(kMostReads), namesInWords(names)));
}

// What was not compared may still differ.
QJsonObject countAnswers(const std::vector<AnswerComparison> &compared, const BadInputRun &run,
                         const std::vector<AnswerDescription> &described, SchemaTally &whole, SchemaFindings &findings)
{
    int differing = 0;
    for (const AnswerComparison &one : compared) {
        findings.addAnswer(one);
        differing += one.differences.isEmpty() && one.exposed.empty() ? 0 : 1;
    }
    const QStringList uncompared = uncomparedRoutes(run, described, compared);
    whole.spokenOf += uncompared;
    if (!uncompared.isEmpty())
        whole.cases.gaps.say(
            Text::tr("No answer could be compared with the description of %1.").arg(uncompared.join(u", "_s)));
    for (const QString &route : uncompared) {
        for (const QString &code : {kSecretShown, kInternalShown, kAnswerDiffers})
            whole.cases.gaps.keep({.subject = route, .code = code});
    }
    for (const QString &route : silentAnswers(run, described))
        whole.cases.gaps.keep({.subject = route, .code = kAnswerDiffers});
    return {{u"compared"_s, static_cast<int>(compared.size())}, {u"differ"_s, differing}};
}

// That nobody sent again what had shown a fault is no mend. What is not on the project's list any more is let go.
std::vector<SchemaFound> noteOwed(const SchemaTold &told, const SchemaBefore &before, SchemaTally &whole)
{
    QStringList undescribed;
    auto owed = notAskedAgain(foundIn(before.observed, before.openOfAll), [&](const SchemaFound &one) {
        if (told.tells(one) || !before.routes.contains(one.route))
            return true;
        const bool isLetGo = one.code == kAnswerDiffers && before.hasNoDescription;
        if (isLetGo && !undescribed.contains(one.route))
            undescribed.append(one.route);
        return isLetGo;
    });
    if (!undescribed.isEmpty())
        whole.cases.gaps.say(
            Text::tr("Your product gives no description of its answers any more, so that what differed "
                     "from it at %1 is let go.")
                .arg(namesInWords(undescribed)));
    QStringList silently; // nothing was said of them yet
    for (const SchemaFound &one : owed) {
        whole.cases.gaps.hide({.subject = one.route, .code = one.code, .host = one.host});
        if (!whole.spokenOf.contains(one.route) && !silently.contains(one.route))
            silently.append(one.route);
    }
    whole.cases.gaps.say(notAskedAgainText(silently));
    return owed;
}

QStringList leftOut(const LeftReads &reads)
{
    QStringList names;
    for (const std::vector<Route> *routes : {&reads.without, &reads.beyond}) {
        for (const Route &route : *routes)
            names.append(routeName(route));
    }
    return names;
}

} // namespace

Judged judgeAbuseSchema(const BadInputRun &run, const std::vector<PageLeakRule> &rules,
                        const std::vector<AnswerDescription> &described, const SchemaBefore &before)
{
    SchemaFindings findings(run, rules);
    SchemaTally whole{.cases = {.gaps = LookGaps(run.brokenOff)}};
    int sent = 0;
    for (const PlaceRun &turn : run.places)
        sent += static_cast<int>(turn.tried.size());
    for (const auto &turns : groupedByCode(run.places, [](const PlaceRun &turn) { return turn.place.route; }))
        countRoute(turns, run, whole, findings);
    const QJsonArray notTried = whole.cases.addNotTried(run.notTried);
    for (const UntriedWrite &one : run.notTried)
        whole.spokenOf.append(routeName(one.route));
    for (const AskedRead &read : run.reads)
        findings.addRead(read);
    for (const AskedPageSize &page : run.pages)
        findings.addPage(page);
    countReads(run, whole);
    const std::vector<AnswerComparison> compared = compareAnswers(run, described);
    const QJsonObject answers = countAnswers(compared, run, described, whole, findings);
    const std::vector<SchemaFound> owed = noteOwed(SchemaTold(run, compared), before, whole);
    CaseTally &cases = whole.cases;
    cases.findings = findings.take();
    if (cases.findings.empty() && cases.told == 0 && !cases.gaps.isSaid())
        cases.gaps.say(Text::tr("No route is marked as safe to write. Mark some in your list of routes."));
    QJsonObject observed{{u"actor"_s, run.actor},
                         {u"routes"_s, cases.rows},
                         {u"not_tried"_s, notTried},
                         {u"reads"_s, static_cast<int>(run.reads.size() + run.pages.size())},
                         {u"left_out"_s, QJsonArray::fromStringList(leftOut(run.leftReads))},
                         {u"answers"_s, answers},
                         {u"found"_s, rowsOf(findings.found())},
                         {u"requests"_s, run.requests}};
    if (!owed.empty())
        observed.insert(u"not_tried_again"_s, rowsOf(owed));
    const QString summary = Text::tr("%n bad request(s) sent to %1 route(s)", nullptr, sent).arg(cases.told);
    Judged judged = judgedFrom(std::move(cases), summary, std::move(observed));
    judged.hasNothingToTry = run.places.empty() && run.notTried.empty() && run.brokenOff.isEmpty() &&
                             run.silentReads.empty() && run.leftReads.without.empty() && owed.empty();
    return judged;
}

} // namespace cockpit
