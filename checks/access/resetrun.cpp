#include "checks/access/resetrun.h"

#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ResetLink)
};

} // namespace

void ResetRun::tryCode(const CodeRoute &route, const std::vector<EntryPoint> &entries)
{
    m_result.code = lookAtCode(route, m_owner, entries, m_wire);
}

void ResetRun::tryLinks(const std::vector<std::pair<QString, PastedLink>> &links, const EntryPoint &reset)
{
    readLinks(links);
    useLinks(reset);
}

// The second names a host of somebody else in the headers in which proxies say what was asked for.
void ResetRun::askForLetters(const EntryPoint &forgot)
{
    m_result.route = routeName(forgot.route);
    m_result.host = hostOf(forgot.url);
    EntryCaller caller(forgot, m_wire);
    for (const bool isPoisoned : {false, true}) {
        auto request = caller.request({.user = m_owner.actor->userName});
        if (request && isPoisoned) {
            const QByteArray host = poisonHost().toLatin1();
            request->headers.push_back({"X-Forwarded-Host", host});
            request->headers.push_back({"X-Host", host});
            request->headers.push_back({"Forwarded", "host=" + host});
        }
        const auto answer =
            request ? caller.send(*request) : Result<HttpResponse>(tl::unexpected<Error>(request.error()));
        if (!answer) {
            m_result.notTold = answer.error().message;
            return;
        }
        if (answer->status >= 400) {
            m_result.notTold = Text::tr("%1 did not take the request for a reset letter (status %2).")
                                   .arg(m_result.route, QString::number(answer->status));
            return;
        }
        ++m_result.letters;
    }
    m_result.notTold =
        Text::tr("Two reset letters were asked for, for %1. Do not open their links. %2")
            .arg(m_owner.actor->userName, howToPaste(*m_owner.actor, {MailedValue::Reset, MailedValue::SecondReset}));
}

void ResetRun::readLinks(const std::vector<std::pair<QString, PastedLink>> &links)
{
    QStringList tokens;
    for (const auto &[name, pasted] : links) {
        if (!pasted.problem.isEmpty())
            m_result.notTold = pasted.problem;
        if (!pasted.link)
            continue;
        m_wire.gate()->learnSecret(Secret(pasted.link->token.toUtf8()));
        m_result.given.append(name);
        m_result.linkHosts.append(hostOf(pasted.link->url));
        tokens.append(pasted.link->token);
        if (!isUsable(*pasted.link))
            m_result.foreignHosts.append(hostOf(pasted.link->url));
        else if (name == "old_reset_link"_L1)
            m_old = pasted.link;
        else
            m_fresh = pasted.link; // the newer one: products that keep one link forget the one before
    }
    if (!tokens.isEmpty())
        m_result.strength = strengthOf(tokens.constFirst(), tokens.value(1));
}

std::optional<LinkExchange> ResetRun::noted(Result<LinkExchange> exchange)
{
    if (!exchange) {
        m_result.notTold = exchange.error().message;
        return std::nullopt;
    }
    return std::move(*exchange);
}

// Sets the password that the account has: where it is accepted, nothing has changed.
void ResetRun::useOld(LinkUser &user)
{
    if (!m_old)
        return;
    ActorSession shared(*m_owner.actor, m_wire);
    const bool isAlone = !m_fresh && !m_owner.actor->whoAmIUrl.isEmpty(); // else the fresh one tells
    auto session = isAlone ? sessionBefore(shared) : std::nullopt;
    m_result.oldUse = noted(user.use(*m_old, {.password = m_owner.password}));
    if (m_result.oldUse)
        m_result.old = user.verdictOn(*m_result.oldUse);
    if (!session || m_result.old != LinkUse::Accepted)
        return;
    const auto health = session->health();
    m_result.isOldSure = health && !health->isSignedIn;
}

// A second use and an old link count when they are answered as the use that is known to have worked.
void ResetRun::compareUses()
{
    if (m_result.first != LinkUse::Accepted)
        return;
    if (m_result.again == LinkUse::Accepted && !isSameAnswer(*m_result.firstUse, *m_result.secondUse))
        m_result.again = LinkUse::Unclear;
    if (m_result.again == LinkUse::Unclear && m_result.notTold.isEmpty())
        m_result.notTold = Text::tr("%1 answers the second use of the link (status %2) neither as the first nor as a "
                                    "link that was made up, so that it is not known whether it was accepted.")
                               .arg(m_result.route, QString::number(m_result.secondUse->answer.status));
    const bool hasEnded = m_result.sessionLives && !*m_result.sessionLives;
    m_result.isSure = hasEnded || m_result.again == LinkUse::Refused;
    if (m_result.old != LinkUse::Accepted || !m_result.isSure)
        return;
    m_result.isOldSure = isSameAnswer(*m_result.firstUse, *m_result.oldUse);
    if (!m_result.isOldSure)
        m_result.old = LinkUse::Unclear;
}

std::optional<ActorSession> ResetRun::sessionBefore(ActorSession &shared)
{
    auto session = shared.freshSession();
    if (!session || !session->signIn())
        return std::nullopt;
    const auto health = session->health();
    return health && health->isSignedIn ? std::optional(std::move(*session)) : std::nullopt;
}

void ResetRun::askAsBefore(ActorSession &session)
{
    ActiveRequest who{.method = "GET", .url = QUrl(m_owner.actor->whoAmIUrl)};
    who.actor = m_owner.actor->name;
    const auto answer = session.ask(who);
    if (!answer)
        return;
    m_result.afterwards = LinkExchange{who, *answer};
    const auto health = session.health();
    if (health)
        m_result.sessionLives = health->isSignedIn;
}

void ResetRun::useFresh(LinkUser &user)
{
    ActorSession shared(*m_owner.actor, m_wire);
    auto session = m_owner.actor->whoAmIUrl.isEmpty() ? std::nullopt : sessionBefore(shared);
    m_result.firstUse = noted(user.use(*m_fresh, {.password = m_owner.password}));
    if (!m_result.firstUse)
        return;
    m_result.first = user.verdictOn(*m_result.firstUse);
    if (m_result.first != LinkUse::Accepted) {
        m_result.notTold = Text::tr("%1 did not accept the link (status %2): it was used before, is too old, or the "
                                    "password that the account has is not taken again. %3")
                               .arg(m_result.route, QString::number(m_result.firstUse->answer.status),
                                    howToPaste(*m_owner.actor, {MailedValue::Reset, MailedValue::SecondReset}));
        return;
    }
    m_result.secondUse = noted(user.use(*m_fresh, {.password = m_owner.password}));
    if (m_result.secondUse)
        m_result.again = user.verdictOn(*m_result.secondUse);
    if (session)
        askAsBefore(*session);
    compareUses();
}

void ResetRun::useLinks(const EntryPoint &reset)
{
    m_result.route = routeName(reset.route);
    m_result.host = hostOf(reset.url);
    const auto &any = m_fresh ? m_fresh : m_old;
    if (!any) {
        if (m_result.notTold.isEmpty())
            m_result.notTold = Text::tr("No link leads to a host of the product, so that none was used.");
        return;
    }
    LinkUser user(reset, m_wire);
    const auto invented = noted(user.useInvented(*any, {.password = m_owner.password}));
    if (!invented)
        return;
    m_result.invented = user.refusesInvented() ? LinkUse::Refused : LinkUse::Unclear;
    if (!user.refusesInvented()) {
        m_result.notTold = Text::tr("%1 answers a link that was made up with status %2, which is no clear refusal.")
                               .arg(m_result.route, QString::number(invented->answer.status));
        return;
    }
    useOld(user);
    if (m_fresh)
        useFresh(user);
}

ResetLook ResetRun::result()
{
    m_result.requests = m_wire.sent();
    m_result.known = m_wire.gate()->knownSecrets();
    return m_result;
}

} // namespace cockpit
