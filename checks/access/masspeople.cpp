// Who tries to set fields in access.mass-assignment, and whose numbers could be written into a record.
#include "checks/access/belongings.h"
#include "checks/access/crossings.h"
#include "checks/access/masshands.h"

namespace cockpit {

MassLook::MassLook(const Look &look, const Crew &crew, Wire &wire)
    : m_look(look),
      m_wire(wire),
      m_crew(crew),
      m_hands(std::make_unique<Hands>(Hands{.owner = ActorSession(crew.admin    ? *crew.admin
                                                                  : crew.member ? *crew.member
                                                                                : *crew.anybody,
                                                                  wire)}))
{
    if (const TestActor *self = crew.member ? crew.member : crew.anybody)
        m_hands->self.emplace(*self, wire);
    if (const TestActor *outsider = crew.otherAdmin ? crew.otherAdmin : crew.otherMember)
        m_hands->outsider.emplace(*outsider, wire);
    if (crew.admin && crew.member)
        m_hands->colleague.emplace(*crew.member, wire);
    if (crew.admin)
        m_others.higherRole = crew.admin->role;
    m_run.actor = m_hands->owner.actor().name;
    m_run.outsider = m_hands->outsider ? m_hands->outsider->actor().name : QString();
}

MassLook::~MassLook() = default;

ActorSession &MassLook::handFor(const WritePlace &place) const
{
    return place.kind == WriteKind::Settings && m_hands->self ? *m_hands->self : m_hands->owner;
}

WiderReaders MassLook::readersOf(const WritePlace &place) const
{
    return {handFor(place), m_crew.admin ? &m_hands->owner : nullptr};
}

// Whose number could be written into a record: only of accounts that agreed to it.
void MassLook::learnPeople()
{
    const auto learn = [&](std::optional<ActorSession> &session) -> std::map<QString, QJsonValue> {
        if (!session || session->actor().whoAmIUrl.isEmpty() || isOver())
            return {};
        ActiveRequest request;
        request.url = QUrl(session->actor().whoAmIUrl);
        const auto answer = session->ask(request);
        if (!answer && endsTheLook(answer.error()))
            m_run.brokenOff = answer.error().message;
        return answer && answer->status == 200 ? plainMembersOf(*answer) : std::map<QString, QJsonValue>();
    };
    m_others.ofColleague = learn(m_hands->colleague);
    m_others.ofOutsider = learn(m_hands->outsider);
    if (m_hands->outsider && !namesTenant(m_others.ofOutsider))
        learnTenantByQuestion();
    if (!m_hands->outsider)
        m_run.lacking.append(whatIsMissing(m_crew, CrewNeed::TwoTenants));
    if (!m_hands->colleague)
        m_run.lacking.append(whatIsMissing(m_crew, CrewNeed::TwoRoles));
    m_run.lacking.removeAll(QString());
}

// A page that says who is signed in names no number of a customer; what the product's scripts ask for may. Reads alone.
void MassLook::learnTenantByQuestion()
{
    int asked = 0;
    for (const RouteSample &sample : crossingRoutes(m_look.facts.routes, m_look.facts.samples).questions) {
        const bool isEnough = asked >= kMostPeopleQuestions || namesTenant(m_others.ofOutsider);
        if (isEnough || asksForIds(sample.body) || isOver())
            continue;
        ++asked;
        const auto answer = m_hands->outsider->ask(requestOf(sample, sample.body, m_look.target));
        if (!answer && endsTheLook(answer.error()))
            m_run.brokenOff = answer.error().message;
        if (answer && answer->status == 200)
            m_others.ofOutsider.merge(plainMembersOf(*answer));
    }
}

} // namespace cockpit
