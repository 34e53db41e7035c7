#include "checks/access/overridewrites.h"

#include "checks/access/tamperings.h"
#include "checks/actors/answertext.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"
#include "models/access/accessmatrix.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OverrideWrites)
};

constexpr int kEffortMinutes = 60;
const QString kByOverride = u"override_writes"_s;
const QString kBySwap = u"content_type_swap"_s;

// sentence: why; empty where nothing was planned, which takes no pass away from the other ways.
LookGap unsentWrites(const QStringList &codes, const QString &sentence)
{
    LookGap unsent{.hides = {}, .sentence = sentence, .isSlight = sentence.isEmpty()};
    for (const QString &code : codes)
        unsent.hides.push_back({.subject = {}, .code = code});
    return unsent;
}

// One record of ours, and those whom its routes refuse.
class OverrideAttack
{
public:
    OverrideAttack(const Look &look, BypassRun &run, const CanaryPlan &plan, const Canary &canary,
                   const TestActor &owner)
        : m_look(look), m_run(run), m_plan(plan), m_canary(canary), m_owner(owner)
    {
    }

    void as(const TestActor *attacker)
    {
        if (!m_run.mayGoOn())
            return leaveOut({kByOverride, kBySwap}, attacker, noRequestLeft());
        const QString refusedText = newCanaryText();
        const auto refused = m_run.accounts().ask(attacker, change(refusedText));
        if (!refused)
            return leaveOut({kByOverride, kBySwap}, attacker, refused.error().message);
        const auto isChanged = shows(refusedText);
        if (isChanged.value_or(true)) {
            restore();
            return leaveOut({kByOverride, kBySwap}, attacker,
                            isChanged ? Text::tr("the ordinary change was made, which access.roles tells of.")
                                      : ownerSeesNothing());
        }
        tryOne(attacker, refused->status,
               {kByOverride, Text::tr("A request that only reads can be made to write"),
                Text::tr("GET, with the method in X-HTTP-Method-Override"), hidden});
        trySwaps(attacker, refused->status, contentSwaps(m_plan.contentType, change(refusedText).body).size());
    }

private:
    struct Disguise
    {
        QString code, title;
        QString label; // how it is sent, for people
        std::function<ActiveRequest(const ActiveRequest &)> dress;
    };

    // By one of them the fault is shown.
    void trySwaps(const TestActor *attacker, int refused, std::size_t swaps)
    {
        if (swaps == 0) // no body of its kind may be written in another way
            m_run.result().unsent.push_back(unsentWrites({kBySwap}, {}));
        const std::size_t before = m_run.result().writes.size();
        for (std::size_t i = 0; i < swaps && m_run.result().writes.size() == before; ++i) {
            const auto swap = [i](const ActiveRequest &request) { return swapped(request, i); };
            tryOne(attacker, refused,
                   {kBySwap, Text::tr("Data of another kind gets past the rules"), labelAt(i), swap});
        }
        // What nobody could read may have been taken for a record without anything.
        if (swaps > 0 && !shows(m_canary.text).value_or(false))
            restore();
    }

    static QString noRequestLeft() { return Text::tr("no more test requests could be sent."); }
    static QString ownerSeesNothing() { return Text::tr("the owner of the test record could not read it."); }

    void leaveOut(const QStringList &codes, const TestActor *attacker, const QString &why)
    {
        m_run.result().unsent.push_back(
            unsentWrites(codes, Text::tr("%1 in disguise was not tried as %2: %3")
                                    .arg(routeName(*m_plan.update), describeAsker(attacker), why)));
    }

    void tryOne(const TestActor *attacker, int refused, const Disguise &disguise)
    {
        if (!m_run.mayGoOn())
            return leaveOut({disguise.code}, attacker, noRequestLeft());
        const QString text = newCanaryText();
        const ActiveRequest request = disguise.dress(change(text));
        const auto answer = m_run.accounts().ask(attacker, request);
        ++m_run.result().writesTried;
        const auto isChanged = shows(text);
        if (!isChanged)
            return leaveOut({disguise.code}, attacker, ownerSeesNothing());
        if (!*isChanged)
            return;
        if (answer)
            m_run.result().writes.push_back(
                found(m_run.accounts().dressed(attacker, request), *answer, attacker, refused, disguise));
        restore();
    }

    QString labelAt(std::size_t swap) const
    {
        return Text::tr("%1 instead of %2")
            .arg(contentSwaps(m_plan.contentType, m_plan.body).at(swap).label, QString::fromLatin1(m_plan.contentType));
    }

    static ActiveRequest swapped(ActiveRequest request, std::size_t swap)
    {
        Header &type = request.headers.back(); // of change(): the only one
        ContentSwap other = contentSwaps(type.value, request.body).at(swap);
        type.value = other.contentType;
        request.body = std::move(other.body);
        return request;
    }

    ActiveRequest change(const QString &text) const
    {
        const RouteAddress address =
            addressOf(m_look.target, *m_plan.update, seenIdsOf(m_plan.create) + QStringList{m_canary.id});
        ActiveRequest request = requestAt(*m_plan.update, address.value_or(QUrl()));
        request.writes = true;
        request.headers.push_back({"Content-Type", m_plan.contentType});
        request.body = bodyWithText(m_plan.body, m_plan.contentType, text).value_or(QByteArray());
        return request;
    }

    static ActiveRequest hidden(const ActiveRequest &plain)
    {
        ActiveRequest request = plain;
        const std::vector<Header> fields = overrideHeaders(request.method);
        request.headers.insert(request.headers.end(), fields.begin(), fields.end());
        request.url = withOverrideQuery(request.url, request.method);
        request.method = "GET";
        return request;
    }

    // By its own text it is known again when it is removed.
    void restore()
    {
        if (!m_run.accounts().ask(&m_owner, change(m_canary.text)))
            m_run.result().problems.append(Text::tr("A test record could not be changed back."));
    }

    // Whether its owner sees that text in it. Empty: it could not be read.
    std::optional<bool> shows(const QString &text)
    {
        Canary looked = m_canary;
        looked.text = text;
        const auto answer = readCanary(looked, m_plan, m_look.target, m_run.accounts().senderOf(&m_owner));
        if (!answer || answer->status < 200 || answer->status >= 300)
            return std::nullopt;
        return AnswerText::of(*answer).holds(text);
    }

    Finding found(const ActiveRequest &request, const HttpResponse &answer, const TestActor *attacker, int refused,
                  const Disguise &disguise) const
    {
        Finding finding = makeFinding(
            disguise.code, Severity::Critical, Proof::Proven, Impact::DataExposure, disguise.title,
            Text::tr("%1 refuses %2 (status %3). The same change sent as %4 was made: the owner of the "
                     "test record saw it.")
                .arg(routeName(*m_plan.update), describeAsker(attacker), QString::number(refused), disguise.label));
        finding.effortMinutes = kEffortMinutes;
        finding.host = hostOf(request.url);
        finding.evidence = {requestProof(request, answer,
                                         {.actor = attacker ? describeAsker(attacker) : QString(),
                                          .markers = {},
                                          .known = m_look.seen.active()->knownSecrets()})};
        return finding;
    }

    const Look &m_look;
    BypassRun &m_run;
    const CanaryPlan &m_plan;
    const Canary &m_canary;
    const TestActor &m_owner;
};

Allowance allowanceOf(const Look &look, const Route &route, const QString &role)
{
    return cellOf(route, role, look.facts.accessRules).allowance;
}

} // namespace

void tryOverrideWrites(const Look &look, const std::vector<TestActor> &actors, BypassRun &run, UndoList &undo)
{
    const auto plans = canaryPlans(look.facts.routes, look.facts.samples);
    const auto plan = std::ranges::find_if(plans, [](const CanaryPlan &one) { return one.update.has_value(); });
    const auto leaveOut = [&](const QString &sentence) {
        run.result().unsent.push_back(unsentWrites({kByOverride, kBySwap}, sentence));
    };
    if (plan == plans.end())
        return leaveOut({});
    const QString update = routeName(*plan->update);
    if (!run.mayGoOn())
        return leaveOut(Text::tr("%1 was not tried in disguise: no more test requests could be sent.").arg(update));
    const auto owner = std::ranges::find_if(actors, [&](const TestActor &actor) {
        return allowanceOf(look, plan->create, actor.role) != Allowance::Denied;
    });
    if (owner == actors.end())
        return leaveOut(Text::tr("%1 was not tried in disguise: no test account may make a record there.").arg(update));
    const auto canary = plantCanary(*plan, look.target, run.accounts().ownerOf(&*owner), undo);
    if (!canary)
        return leaveOut(Text::tr("%1 was not tried in disguise, as there is no test record: %2")
                            .arg(update, canary.error().message));
    OverrideAttack attack(look, run, *plan, *canary, *owner);
    const auto low = std::ranges::find_if(actors, [&](const TestActor &actor) {
        return isSameTenant(actor, *owner) && allowanceOf(look, *plan->update, actor.role) == Allowance::Denied;
    });
    if (low != actors.end())
        attack.as(&*low);
    if (run.result().writes.empty())
        attack.as(nullptr);
}

} // namespace cockpit
