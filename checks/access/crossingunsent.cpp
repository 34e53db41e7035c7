// What of its plan the attack did not send, and why: it is said, and closes no finding.
#include "checks/access/crossinglook.h"
#include "checks/access/questionname.h"
#include "checks/access/tenantfindings.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/inwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

bool isWritten(const TenantLook &look, const QString &name)
{
    return std::ranges::any_of(look.resources, [&](const ResourceLook &resource) {
        return std::ranges::find(resource.writes, name, &BlindWrite::routeName) != resource.writes.end();
    });
}

} // namespace

QString whyNotAskedByGraphQl(const QStringList &places)
{
    return Text::
        tr("Not asked by GraphQL, or not all of it: %1. What is known to be asked with an id at one address is "
           "asked at others as well, up to %2 questions in a run. Add an example of what is asked there: examples go "
           "before what is known from elsewhere.")
            .arg(places.join(u", "_s), QString::number(kMostQuestions));
}

LookGap withoutIdsGap(const QStringList &routes)
{
    LookGap gap;
    for (const QString &route : routes)
        gap.hides.push_back({.subject = route});
    gap.sentence = Text::tr("Not tried, as no id of a real record is known: %1. Give each an address that was seen, "
                            "like /teams/3/notes/17 for /teams/{team}/notes/{note}.")
                       .arg(namesInWords(routes));
    return gap;
}

// The change and the removal of a test record, as far as they are in no row of the result.
void CrossingLook::leaveOutWrites(const CanaryPlan &plan, const QString &why)
{
    LookGap unsent;
    QStringList names;
    const auto leaveOut = [&](const Route &route, bool removes) {
        const QString name = routeName(route);
        if (isWritten(m_result, name))
            return;
        names.append(name);
        unsent.hides.push_back({.subject = name, .code = writeCode(removes)});
    };
    if (plan.update)
        leaveOut(*plan.update, false);
    leaveOut(plan.remove, true);
    if (names.isEmpty())
        return;
    unsent.sentence = Text::tr("%1: not tried as %2. The reason: %3").arg(names.join(u", "_s), m_result.outsider, why);
    m_result.unsent.push_back(std::move(unsent));
}

// sentence: with places for its name and the outsider.
void CrossingLook::leaveOutMutation(const RouteSample &sample, const QString &sentence)
{
    const QString name = questionName(sample);
    m_result.unsent.push_back({.hides = {{.subject = name, .code = writeCode(isRemoval(sample)), .isExact = true}},
                               .sentence = sentence.arg(name, m_result.outsider)});
}

void CrossingLook::leaveOutQuestions(QuestionGaps gaps)
{
    // What has nothing of the owner's to show today (question()) takes no pass away from what has.
    LookGap unsent{.hides = std::move(gaps.hides), .sentence = {}, .isSlight = gaps.names.isEmpty()};
    gaps.names.removeDuplicates();
    if (!gaps.names.isEmpty() && !isOver())
        unsent.sentence = Text::tr("Not tried as %1, as no answer showed a record of %2: %3.")
                              .arg(m_result.outsider, m_result.owner, gaps.names.join(u", "_s));
    if (!unsent.hides.empty())
        m_result.unsent.push_back(std::move(unsent));
}

void CrossingLook::leaveOutTheRest()
{
    for (std::size_t i = kMostResources; i < m_routes.resources.size(); ++i) {
        ResourceLook left{.name = m_routes.resources[i].name, .id = {}};
        left.planned = routeNamesOf(m_routes.resources[i]);
        left.notTested = Text::tr("%1: there are more kinds of records than one run tries.").arg(left.name);
        m_result.resources.push_back(std::move(left));
    }
    if (m_routes.questionsLeft > 0) {
        ResourceLook left{.name = u"GraphQL"_s, .id = {}};
        left.planned = m_routes.namesLeft;
        left.notTested = Text::tr("GraphQL: the project knows more questions than one run tries.");
        m_result.resources.push_back(std::move(left));
    }
    if (!m_routes.withoutIds.isEmpty())
        m_result.unsent.push_back(withoutIdsGap(m_routes.withoutIds));
    if (!m_routes.placesLeft.isEmpty())
        m_result.unsent.push_back(
            {.hides = m_routes.hiddenAtPlaces, .sentence = whyNotAskedByGraphQl(m_routes.placesLeft)});
    if (isOver())
        return; // which hides everything
    for (const NotPlanted &one : m_notPlanted)
        leaveOutWrites(one.plan, one.why);
    for (const Planted &one : m_planted)
        leaveOutWrites(one.plan, Text::tr("the attack on that kind of record did not get so far."));
}

} // namespace cockpit
