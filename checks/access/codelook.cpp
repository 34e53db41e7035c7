#include "checks/access/codelook.h"

#include "checks/access/codevisit.h"
#include "checks/access/useverdict.h"
#include "checks/actors/entrycaller.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "models/access/onetimecode.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OneTimeCode)
};

// The code was used by the visit; the product may say who that is before and after.
struct CodeUse
{
    std::optional<bool> before = {};
    std::optional<bool> after = {};
    QDateTime begun = {};    // before it was sent
    QDateTime answered = {}; // when the answer was in
    std::optional<LinkExchange> exchange = {};
};

class CodeRun
{
public:
    CodeRun(const CodeRoute &route, const MailboxOwner &owner, Wire &wire)
        : m_route(route), m_owner(owner), m_wire(wire)
    {
        m_look.account = owner.actor->name;
        m_look.route = routeName(route.point.route);
        m_look.host = hostOf(route.point.url);
        m_look.kind = route.kind;
    }

    void askForCode(const std::vector<EntryPoint> &entries);
    void useTwice(const Secret &code);
    void refuse(const QString &sentence) { m_look.notTold = sentence; }
    CodeLook take() { return std::move(m_look); }

private:
    // Nothing when the visit broke off; the reason is in notTold.
    std::optional<CodeUse> use(const Secret &code);
    std::optional<UseVerdict> refusal();
    bool readFirst(const CodeUse &first);
    void readAgain(const CodeUse &again);
    template<typename T>
    bool isDone(const Result<T> &result);

    const CodeRoute &m_route;
    const MailboxOwner &m_owner;
    Wire &m_wire;
    std::optional<UseVerdict> m_refusal; // where no session tells
    CodeLook m_look;
};

template<typename T>
bool CodeRun::isDone(const Result<T> &result)
{
    if (!result)
        m_look.notTold = result.error().message;
    return result.has_value();
}

// What sends codes of that kind. A second factor is asked for by signing in, which the person does.
const EntryPoint *askingRoute(CodeKind kind, const std::vector<EntryPoint> &entries)
{
    if (kind == CodeKind::SignIn)
        return entryOf(EntryKind::MagicLink, entries);
    return kind == CodeKind::NewPassword ? entryOf(EntryKind::Forgot, entries) : nullptr;
}

// One to the account's own mailbox or telephone.
void CodeRun::askForCode(const std::vector<EntryPoint> &entries)
{
    const QString how = howToHandInCode(*m_owner.actor);
    const EntryPoint *asks = askingRoute(m_route.kind, entries);
    if (!asks) {
        m_look.notTold = Text::tr("Whether a one-time code works again at %1 was not tried. %2").arg(m_look.route, how);
        return;
    }
    const auto answer = EntryCaller(*asks, m_wire).ask({.user = m_owner.actor->userName});
    if (!isDone(answer))
        return;
    if (answer->status >= 400) {
        m_look.notTold = Text::tr("%1 did not take the request for a one-time code (status %2).")
                             .arg(routeName(asks->route), QString::number(answer->status));
        return;
    }
    m_look.isAskedFor = true;
    m_look.notTold =
        Text::tr("A one-time code was asked for, for %1. Do not use it. %2").arg(m_owner.actor->userName, how);
}

std::optional<CodeUse> CodeRun::use(const Secret &code)
{
    CodeVisit visit(m_route, m_owner, m_wire);
    CodeUse made;
    if (!isDone(visit.begin()))
        return std::nullopt;
    const auto before = visit.isSignedIn();
    if (!isDone(before))
        return std::nullopt;
    made.before = *before;
    made.begun = QDateTime::currentDateTimeUtc();
    auto exchange = visit.send(code);
    if (!isDone(exchange))
        return std::nullopt;
    made.answered = QDateTime::currentDateTimeUtc();
    made.exchange = std::move(*exchange);
    const auto after = visit.isSignedIn();
    if (!isDone(after))
        return std::nullopt;
    made.after = *after;
    return made;
}

// Without a code: that is no guess at one.
std::optional<UseVerdict> CodeRun::refusal()
{
    CodeVisit visit(m_route, m_owner, m_wire);
    if (!isDone(visit.begin()))
        return std::nullopt;
    auto exchange = visit.send(Secret());
    if (!isDone(exchange))
        return std::nullopt;
    UseVerdict verdict(std::move(*exchange));
    if (verdict.isRefusal())
        return verdict;
    m_look.notTold = Text::tr("%1 does not refuse a request without a code so that it shows.").arg(m_look.route);
    return std::nullopt;
}

// False when there is no use in going on.
bool CodeRun::readFirst(const CodeUse &first)
{
    m_look.isSignedInByIt = first.before == false && first.after == true;
    if (m_look.isSignedInByIt) {
        m_look.first = LinkUse::Accepted;
        return true;
    }
    m_refusal = refusal();
    if (!m_refusal)
        return false;
    m_look.first = m_refusal->of(*first.exchange);
    if (m_look.first == LinkUse::Accepted)
        return true;
    m_look.notTold =
        Text::tr("%1 did not accept the code (status %2): it was used before, is too old, or was for "
                 "another account. %3")
            .arg(m_look.route, QString::number(first.exchange->answer.status), howToHandInCode(*m_owner.actor));
    return false;
}

void CodeRun::readAgain(const CodeUse &again)
{
    const bool isSame = isSameAnswer(*m_look.firstUse, *again.exchange);
    if (!m_look.isSignedInByIt) {
        const LinkUse use = m_refusal->of(*again.exchange);
        m_look.again = use == LinkUse::Accepted && !isSame ? LinkUse::Unclear : use;
    } else if (again.before == true) {
        m_look.again = LinkUse::Unclear;
        m_look.notTold = Text::tr("%1 was signed in before the code was sent a second time, so that nothing tells "
                                  "whether it was taken.")
                             .arg(m_look.account);
    } else if (again.after == true) {
        m_look.again = LinkUse::Accepted;
    } else {
        m_look.again = isSame || isTrouble(again.exchange->answer) ? LinkUse::Unclear : LinkUse::Refused;
    }
}

void CodeRun::useTwice(const Secret &code)
{
    m_look.isGiven = true;
    m_wire.gate()->learnSecret(code);
    auto first = use(code);
    if (!first)
        return;
    m_look.firstAt = first->begun;
    m_look.firstUse = first->exchange;
    if (!readFirst(*first))
        return;
    const auto again = use(code);
    if (!again)
        return;
    // It may have waited for the pace or a form: the product saw it between the two, and the later one is the safe one
    // to say that the time of the code was not over.
    m_look.againAt = again->answered;
    m_look.secondUse = again->exchange;
    readAgain(*again);
}

} // namespace

CodeLook lookAtCode(const CodeRoute &route, const MailboxOwner &owner, const std::vector<EntryPoint> &entries,
                    Wire &wire)
{
    CodeRun run(route, owner, wire);
    const auto given = owner.values.find(toWord(MailedValue::Code));
    if (given == owner.values.end() || given->second.isEmpty()) {
        run.askForCode(entries);
        return run.take();
    }
    const QString code = oneTimeCodeIn(QString::fromUtf8(given->second.reveal()));
    if (code.isEmpty())
        run.refuse(Text::tr("What was handed in as %1 is no one-time code.").arg(toWord(MailedValue::Code)));
    else
        run.useTwice(Secret(code.toUtf8()));
    return run.take();
}

} // namespace cockpit
