// What the attempts of access.mass-assignment leave out, and why: it is said, and hides what it may have found.
#include "checks/access/massearlier.h"
#include "checks/access/masslook.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MassAssignment)
};

// With fewer requests a place is not even opened.
constexpr int kFewestOfMassPlace = kMassPlaceRequests + kMassFieldRequests;

bool mayBeSettings(const WritePlace &place, const TestActor &actor)
{
    return place.kind != WriteKind::Settings || isOwnAccount(*place.read, actor.whoAmIUrl);
}

} // namespace

// What was not sent, or got no answer, hides what it may have found.
void MassLook::leaveOutFields(MassPlaceRun &run, const std::vector<MassField> &fields)
{
    const QString route = routeName(run.place.route);
    QStringList names;
    LookGap unsent;
    for (const MassField &field : fields) {
        if (std::ranges::any_of(run.tried, [&](const TriedField &one) { return one.field.name == field.name; }))
            continue;
        names.append(field.name);
        unsent.hides.push_back({.subject = route + u' ' + field.name});
    }
    if (names.isEmpty())
        return;
    const bool isSaid = isOver() || !run.notTested.isEmpty();
    if (!isSaid && run.tried.size() >= kMostMassFields)
        unsent.sentence = Text::tr("%1: one look tries %2 fields of a route at most. Not tried: %3.")
                              .arg(route, QString::number(kMostMassFields), names.join(u", "_s));
    else if (!isSaid)
        unsent.sentence = Text::tr("%1: no request was left for its field(s) %2. Allow more on the page \"Access\".",
                                   nullptr, static_cast<int>(names.size()))
                              .arg(route, names.join(u", "_s));
    if (run.tried.empty() && !isSaid)
        run.notTested = std::exchange(unsent.sentence, {});
    run.unsent.push_back(std::move(unsent));
}

void MassLook::leaveOut(const WritePlace &place, const QString &sentence)
{
    const QString route = routeName(place.route);
    m_run.leftOut.append(route);
    m_run.unsent.push_back({.hides = {{.subject = route}}, .sentence = sentence});
}

// What the product does not show any more is in no list of fields, and may be taken as before.
void MassLook::noteEarlier(MassPlaceRun &run) const
{
    const QString route = routeName(run.place.route);
    run.notShown = notAskedAgain(earlierMassFields(m_look.facts, route), [&](const QString &name) {
        const Unseen gap{.subject = route + u' ' + name};
        const bool isTried =
            std::ranges::any_of(run.tried, [&](const TriedField &one) { return one.field.name == name; });
        const bool isSaid = std::ranges::any_of(
            run.unsent, [&](const LookGap &one) { return std::ranges::find(one.hides, gap) != one.hides.end(); });
        return isTried || isSaid;
    });
}

// Tries it, or says why not. What only reads takes over nothing.
void MassLook::consider(const WritePlace &place)
{
    const QString route = routeName(place.route);
    if (place.kind == WriteKind::Question)
        m_run.hasReads = true;
    else if (!mayBeSettings(place, handFor(place).actor()))
        leaveOut(place, Text::tr("%1 was not tried: what it changes is not the test account itself, so that a wrong "
                                 "value could hit other people.")
                            .arg(route));
    else if (m_run.places.size() >= kMostMassPlaces)
        leaveOut(place, Text::tr("%1 was not tried: one look tries %2 routes at most.")
                            .arg(route, QString::number(kMostMassPlaces)));
    else if (m_wire.left() < kFewestOfMassPlace)
        leaveOut(place, Text::tr("%1: no request was left for it. Allow more on the page \"Access\".").arg(route));
    else
        tryPlace(place);
}

} // namespace cockpit
