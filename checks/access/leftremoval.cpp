#include "checks/access/leftremoval.h"

#include "checks/access/actorsessions.h"
#include "checks/access/leftplace.h"
#include "checks/access/leftvalue.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/allotment.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeftRemoval)
};

// Found, removed, looked for again, on further pages of its list as well; who is signed in.
constexpr int kEach = 1 + kCanaryRemovalRequests + kRemovalControlRequests + kMostListPages;
// A product on the Internet needs about so long for one answer, with the connection before it. What has less is not
// asked: that it did not answer then would be said of the product, and be the deadline's.
constexpr std::chrono::milliseconds kLeastTime{250};
constexpr std::chrono::seconds kTimeEach{20};
constexpr std::chrono::seconds kTimeToSignIn{30};

// One run of it, by one worker.
class LeftRun
{
public:
    LeftRun(const LeftQuestion &question, Wire &wire)
        : m_question(question), m_wire(wire), m_sessions(question.actors, wire)
    {
    }

    std::vector<LeftOutcome> run();

private:
    struct Removed
    {
        std::size_t at = 0; // of the outcomes
        CanaryRemoval removal;
    };

    void settle(std::size_t at, QString why); // empty: it is gone, or will be confirmed
    void removeOne(std::size_t at);
    QString removeRecord(const JournalEntry &entry, std::size_t at);
    void putBack(std::size_t at); // with those of the same place that were changed before it
    QString whyNotPutBack(const JournalEntry &entry);
    QString whyNoAccount(const JournalEntry &entry);
    bool isOver() const;
    Error interruption() const; // of what was not looked for
    QString whyUnconfirmed() const;
    void confirm(Removed &removed);
    const TestActor *makerOf(const JournalEntry &entry) const;
    RecordOwner ownerOf(const JournalEntry &entry);
    RecordOwner endingAtStop(RecordOwner owner) const;
    ActorSession &sessionOf(const TestActor &actor);

    const LeftQuestion &m_question;
    Wire &m_wire;
    ActorSessions m_sessions;
    std::map<QString, ActorSession> m_alone; // of those who remove what they made themselves
    std::vector<LeftOutcome> m_outcomes;
    std::vector<bool> m_isSettled; // of them
    std::vector<Removed> m_removed;
};

bool LeftRun::isOver() const
{
    return m_wire.seen().isOver() || m_wire.gate()->isKilled();
}

// Stop comes first: whoever stopped it knows why.
Error LeftRun::interruption() const
{
    if (m_wire.seen().token().isCancelled() || m_wire.gate()->isKilled())
        return {ErrorKind::Cancelled, Text::tr("Stopped before it was looked for.")};
    return {ErrorKind::TimedOut, Text::tr("The time for it was over before it was looked for.")};
}

QString LeftRun::whyUnconfirmed() const
{
    return interruption().kind == ErrorKind::Cancelled
               ? Text::tr("Stopped before it was known whether it is gone.")
               : Text::tr("The time for it was over before it was known whether it is gone.");
}

const TestActor *LeftRun::makerOf(const JournalEntry &entry) const
{
    const auto maker = std::ranges::find(m_question.actors, entry.actorId, &TestActor::id);
    return entry.actorId.isEmpty() || maker == m_question.actors.end() ? nullptr : &*maker;
}

ActorSession &LeftRun::sessionOf(const TestActor &actor)
{
    return m_alone.try_emplace(actor.id, actor, m_wire).first->second;
}

// Empty: it can ask.
QString LeftRun::whyNoAccount(const JournalEntry &entry)
{
    if (entry.actorId.isEmpty()) // somebody who had not signed in
        return {};
    const TestActor *maker = makerOf(entry);
    if (!maker)
        return Text::tr("The account %1 that made it is not in the project any more. Add it again, or remove it by "
                        "hand.")
            .arg(entry.account);
    const auto ready = sessionOf(*maker).signIn();
    return ready ? QString() : ready.error().message;
}

RecordOwner LeftRun::ownerOf(const JournalEntry &entry)
{
    const TestActor *maker = makerOf(entry);
    const bool isByMaker = maker && !entry.isRemovedByAdmin;
    return endingAtStop(isByMaker ? recordOwner(sessionOf(*maker)) : m_sessions.ownerOf(maker));
}

// It takes back nothing of its own run: what it sends has no time after Stop or the deadline, and waits for its turn
// like any other.
RecordOwner LeftRun::endingAtStop(RecordOwner owner) const
{
    owner.send = [send = std::move(owner.send)](const ActiveRequest &request) {
        if (std::chrono::milliseconds(request.timeoutMs) < kLeastTime) // removeCanary() says how long for each
            return Result<HttpResponse>(
                failure(ErrorKind::NotPermitted, Text::tr("There was too little time left for it.")));
        ActiveRequest sent = request;
        sent.errand = ActiveErrand::Check;
        return send(sent);
    };
    const auto unlessOver = [this](auto ask) {
        return [this, ask = std::move(ask)](const auto &...of) -> decltype(ask(of...)) {
            if (isOver())
                return tl::unexpected<Error>(interruption());
            return ask(of...);
        };
    };
    if (owner.wasSignedIn)
        owner.wasSignedIn = unlessOver(std::move(owner.wasSignedIn));
    if (owner.asStranger)
        owner.asStranger = unlessOver(std::move(owner.asStranger));
    if (owner.signInAgain)
        owner.signInAgain = unlessOver(std::move(owner.signInAgain));
    return owner;
}

// By its own address where that showed the text: a list may have gone on since, and show it on a later page. Else the
// list comes first, as an id that no text proved may be of anything.
QString LeftRun::removeRecord(const JournalEntry &entry, std::size_t at)
{
    if (!entry.hasText)
        return Text::tr("It bears no text of ours, and by its number alone nothing is removed. Look for it by hand.");
    if (!entry.remove) // in a backend service, by a key that is not kept
        return Text::tr("No route of your list removes it. Look for %1 at %2, and remove it there by hand.")
            .arg(entry.text, entry.create.host.isEmpty() ? m_question.target.domain : entry.create.host);
    if (!isSafeNow(m_question.routes, entry.remove))
        return Text::tr("The route that removes it is not marked as safe to write any more. Mark it in your list of "
                        "routes, or remove it by hand.");
    if (!isKnownQuestion(m_question.routes, entry.read) || !isKnownQuestion(m_question.routes, entry.list))
        return Text::tr("The route that shows it is not in your list of routes. Add it there, or remove the record by "
                        "hand.");
    if (QString why = whyNoAccount(entry); !why.isEmpty())
        return why;
    CanaryPlan plan{.create = entry.create,
                    .remove = *entry.remove,
                    .read = entry.read,
                    .list = entry.list,
                    .update = {},
                    .contentType = entry.contentType,
                    .body = {}};
    const bool isByAddress = entry.read && !entry.recordId.isEmpty() && entry.isShownAlone;
    if (isByAddress)
        plan.list.reset();
    Removed removed{.at = at,
                    .removal = {.text = entry.text,
                                .id = entry.recordId,
                                .plan = plan,
                                .target = m_question.target,
                                .owner = ownerOf(entry),
                                .isShownAlone = isByAddress,
                                .wasMade = entry.wasMade && !isByAddress}};
    if (auto done = removeCanary(removed.removal, Deadline::in(kTimeEach).earlierOf(m_wire.seen().deadline())); !done)
        return done.error().message;
    removed.removal.plan.list = entry.list; // tells whether its owner is signed in
    m_removed.push_back(std::move(removed));
    return {};
}

// Empty: it may be tried.
QString LeftRun::whyNotPutBack(const JournalEntry &entry)
{
    if (entry.oldValue == OldValue::MayBeSecret)
        return Text::tr("What was there before may be a secret and was not kept. Set it anew by hand.");
    if (!isSafeNow(m_question.routes, entry.create) || !entry.read || !isKnownQuestion(m_question.routes, entry.read) ||
        !makerOf(entry))
        return Text::tr("%1 is not marked as safe to write any more, or its account is gone. Put the old value back "
                        "by hand.")
            .arg(routeName(entry.create));
    return whyNoAccount(entry);
}

void LeftRun::putBack(std::size_t at)
{
    const JournalEntry &newest = m_question.entries[at];
    if (QString why = whyNotPutBack(newest); !why.isEmpty())
        return settle(at, std::move(why));
    std::vector<std::size_t> places;
    std::vector<JournalEntry> entries;
    for (std::size_t i = at + 1; i-- > 0;) {
        const JournalEntry &entry = m_question.entries[i];
        if (entry.kind != LeftKind::Value || entry.oldValue != OldValue::Kept || !isOfOnePlace(entry, newest))
            continue;
        places.push_back(i);
        entries.push_back(entry);
    }
    const auto results = putBackValues(entries, m_question.target, sessionOf(*makerOf(newest)),
                                       Deadline::in(kTimeEach * places.size()).earlierOf(m_wire.seen().deadline()));
    for (std::size_t i = 0; i < places.size(); ++i)
        settle(places[i], results[i] ? QString() : results[i].error().message);
}

void LeftRun::settle(std::size_t at, QString why)
{
    m_isSettled[at] = true;
    m_outcomes[at].isGone = why.isEmpty();
    m_outcomes[at].why = std::move(why);
}

void LeftRun::removeOne(std::size_t at)
{
    const JournalEntry &entry = m_question.entries[at];
    if (isOver())
        return settle(at, interruption().message);
    switch (entry.kind) {
    case LeftKind::Record:
        return settle(at, removeRecord(entry, at));
    case LeftKind::Value:
        return putBack(at);
    case LeftKind::Account:
        return settle(at, Text::tr("No route removes an account: remove it by hand where it was made."));
    }
    Q_UNREACHABLE();
}

void LeftRun::confirm(Removed &removed)
{
    if (isOver())
        return settle(removed.at, whyUnconfirmed());
    const auto shown = confirmGone(removed.removal, Deadline::in(kTimeEach).earlierOf(m_wire.seen().deadline()));
    settle(removed.at, shown ? QString() : shown.error().message);
}

// The newest first, as a run does it: what was made last may rest on what was made before.
std::vector<LeftOutcome> LeftRun::run()
{
    for (const JournalEntry &entry : m_question.entries)
        m_outcomes.push_back({.entryId = entry.id});
    m_isSettled.resize(m_outcomes.size());
    for (std::size_t at = m_outcomes.size(); at-- > 0;) {
        if (!m_isSettled[at])
            removeOne(at);
    }
    for (Removed &removed : m_removed)
        confirm(removed);
    return std::move(m_outcomes);
}

// As many as the agreed number is enough for, the latest of them.
int requestsFor(const LeftQuestion &question, const ActiveTerms &terms)
{
    const int kept = keptForSignIns(terms.budget.requests, static_cast<int>(terms.secrets.size()));
    return std::min(static_cast<int>(question.entries.size()) * kEach, std::max(0, terms.budget.requests - kept));
}

} // namespace

Result<LeftReport> removeLeft(const LeftQuestion &question, ActiveTerms terms, const NetOptions &net,
                              const CancelToken &token)
{
    const int requests = requestsFor(question, terms);
    const auto time = kTimeToSignIn + std::chrono::seconds(requests) +
                      std::chrono::seconds(static_cast<int>(requests / std::max(0.1, double(terms.budget.perSecond))));
    const auto gate = std::make_shared<ActiveGate>(std::move(terms));
    Observations seen(net, token, Deadline::in(time).earlierOf(question.until), nullptr, passiveBudget(1), gate);
    Wire wire(seen, kLeftRecords, requests);
    if (!wire.isReady())
        return tl::unexpected<Error>(wire.isReady().error());
    LeftReport report;
    report.each = LeftRun(question, wire).run();
    report.sent = gate->log();
    return report;
}

} // namespace cockpit
