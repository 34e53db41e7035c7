#include "checks/access/inviterun.h"

#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Invite)
};

// "sam+lc3f2a@acme.test" arrives in Sam's mailbox (RFC 5233), and nobody has an account of that name.
QString newAddressFor(const QString &mail)
{
    const qsizetype at = mail.lastIndexOf(u'@');
    return mail.left(at).section(u'+', 0, 0) + u"+lc"_s + QUuid::createUuid().toString(QUuid::Id128).left(6) +
           mail.mid(at);
}

QString strangersAddress()
{
    return u"lc-"_s + QUuid::createUuid().toString(QUuid::Id128).left(10) + u"@example.com"_s;
}

// The body with a role beside what is in it, or in its place.
void askForAdmin(ActiveRequest &request)
{
    QJsonObject object = QJsonDocument::fromJson(request.body).object();
    if (!object.isEmpty()) {
        object.insert("role"_L1, u"admin"_s);
        request.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    } else {
        request.body += "&role=admin";
    }
}

bool saysAdmin(const HttpResponse &answer)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    const auto roleIn = [](const QJsonObject &one) { return isAdminRole(one["role"_L1].toString()); };
    return roleIn(object) || roleIn(object["user"_L1].toObject()) || roleIn(object["data"_L1].toObject());
}

bool wasCreated(const std::optional<LinkExchange> &exchange)
{
    return exchange && exchange->answer.status == 201;
}

} // namespace

bool InviteRun::begin(const Route &route, const QString &mail)
{
    const auto begun = m_signUps.begin(route, mail);
    if (!begun)
        m_result.notTold = begun.error().message;
    return begun.has_value();
}

void InviteRun::sendInvitation(const EntryPoint &invite, const TestActor &inviter)
{
    m_result.route = routeName(invite.route);
    m_result.host = hostOf(invite.url);
    const QString mail = newAddressFor(m_owner.actor->userName);
    if (!begin(invite.route, mail))
        return;
    ActorSession session(inviter, m_wire);
    EntryCaller caller(invite, m_wire, &session);
    const auto answer = caller.ask({.user = mail});
    if (!answer) {
        m_signUps.heard(mail, answer.error());
        m_signUps.end({});
        m_result.notTold = answer.error().message;
        return;
    }
    m_signUps.heard(mail, *answer);
    m_signUps.end(answer->status < 400 ? QStringList{mail} : QStringList());
    if (answer->status >= 400) {
        m_result.notTold = Text::tr("%1 did not take the invitation (status %2).")
                               .arg(m_result.route, QString::number(answer->status));
        return;
    }
    m_result.invited = mail;
    m_result.notTold = Text::tr("An invitation was sent to %1. Do not open its link. %2")
                           .arg(mail, howToPaste(*m_owner.actor, {MailedValue::Invite}));
}

std::optional<LinkExchange> InviteRun::noted(const QString &mail, Result<LinkExchange> exchange)
{
    if (exchange)
        m_signUps.heard(mail, exchange->answer);
    else
        m_signUps.heard(mail, exchange.error());
    if (!exchange) {
        m_result.notTold = exchange.error().message;
        return std::nullopt;
    }
    return std::move(*exchange);
}

// Who was let in has an account now; an answer that does not say so may have made one as well.
LinkUse InviteRun::verdictOn(const LinkExchange &exchange, const LinkUser &user, const QString &mail)
{
    const LinkUse use = user.verdictOn(exchange);
    if (use == LinkUse::Accepted)
        m_result.made.append(mail);
    else if (use == LinkUse::Unclear && exchange.answer.status < 400)
        m_signUps.doubt(mail);
    return use;
}

void InviteRun::useAgain(LinkUser &user, const MailedLink &link, const QString &stranger)
{
    m_result.secondUse = noted(m_result.invited, user.use(link, valuesFor(m_result.invited)));
    if (m_result.secondUse)
        m_result.again = verdictOn(*m_result.secondUse, user, m_result.invited);
    if (m_result.otherAddress != LinkUse::Refused || m_result.again != LinkUse::Refused)
        return;
    m_result.liveUse = noted(stranger, user.use(link, valuesFor(stranger)));
    if (!m_result.liveUse)
        return;
    if (verdictOn(*m_result.liveUse, user, stranger) == LinkUse::Accepted)
        m_result.again = LinkUse::Accepted;
    const bool isAsBefore = isSameAnswer(*m_result.liveUse, *m_result.otherUse);
    m_result.isStillLive = isAsBefore && !user.isLikeInvented(*m_result.liveUse);
}

// What else was accepted counts when it is answered as the use that is known to have worked.
void InviteRun::compareUses()
{
    const auto isLikeFirst = [&](const LinkExchange &exchange) {
        return isSameAnswer(exchange, *m_result.firstUse, m_result.invited, m_result.invited);
    };
    m_result.isOldSure = m_result.old == LinkUse::Accepted && wasCreated(m_result.oldUse);
    if (m_result.first == LinkUse::Accepted && m_result.again == LinkUse::Accepted && !m_result.liveUse &&
        !isLikeFirst(*m_result.secondUse))
        m_result.again = LinkUse::Unclear;
    const bool isMade = (m_result.first == LinkUse::Accepted && wasCreated(m_result.firstUse)) ||
                        (m_result.otherAddress == LinkUse::Accepted && wasCreated(m_result.otherUse));
    m_result.isSure = isMade || m_result.again == LinkUse::Refused;
    if (m_result.old != LinkUse::Accepted || m_result.isOldSure || !m_result.isSure ||
        m_result.first != LinkUse::Accepted)
        return;
    m_result.isOldSure = isLikeFirst(*m_result.oldUse);
    if (!m_result.isOldSure)
        m_result.old = LinkUse::Unclear;
}

void InviteRun::useFresh(LinkUser &user, const MailedLink &link)
{
    const QString stranger = strangersAddress();
    if (!begin(*m_accept, stranger))
        return;
    m_result.otherUse = noted(stranger, user.use(link, valuesFor(stranger)));
    if (!m_result.otherUse)
        return;
    m_result.otherAddress = verdictOn(*m_result.otherUse, user, stranger);
    m_result.roleUse = noted(m_result.invited, user.use(link, valuesFor(m_result.invited), askForAdmin));
    if (!m_result.roleUse)
        return;
    m_result.higherRole = verdictOn(*m_result.roleUse, user, m_result.invited);
    m_result.becameAdmin = m_result.higherRole == LinkUse::Accepted && saysAdmin(m_result.roleUse->answer);
    m_result.firstUse = m_result.roleUse;
    m_result.first = m_result.higherRole;
    if (m_result.first != LinkUse::Accepted) {
        m_result.firstUse = noted(m_result.invited, user.use(link, valuesFor(m_result.invited)));
        if (!m_result.firstUse)
            return;
        m_result.first = verdictOn(*m_result.firstUse, user, m_result.invited);
    }
    if (m_result.first == LinkUse::Accepted || m_result.otherAddress == LinkUse::Accepted)
        useAgain(user, link, stranger);
    else
        m_result.notTold = Text::tr("%1 did not accept the invitation (status %2): it was used before, is too old, or "
                                    "its example body is not complete.")
                               .arg(m_result.route, QString::number(m_result.firstUse->answer.status));
}

void InviteRun::useLinks(const EntryPoint &accept, const std::vector<std::pair<QString, PastedLink>> &links,
                         const QString &invited)
{
    m_result.route = routeName(accept.route);
    m_result.host = hostOf(accept.url);
    m_result.invited = invited;
    std::optional<MailedLink> fresh;
    std::optional<MailedLink> old;
    QStringList tokens;
    for (const auto &[name, pasted] : links) {
        if (!pasted.link) {
            m_result.notTold = pasted.problem;
            continue;
        }
        m_wire.gate()->learnSecret(Secret(pasted.link->token.toUtf8()));
        m_result.given.append(name);
        tokens.append(pasted.link->token);
        if (name == "old_invite_link"_L1)
            old = pasted.link;
        else if (!fresh)
            fresh = pasted.link;
    }
    if (!fresh && !old)
        return;
    m_result.strength = strengthOf(tokens.constFirst(), tokens.value(1));
    m_accept = &accept.route;
    if (!begin(accept.route, invited))
        return;
    LinkUser user(accept, m_wire);
    tryLinks(user, fresh, old);
    m_signUps.end(m_result.made);
}

void InviteRun::tryLinks(LinkUser &user, const std::optional<MailedLink> &fresh, const std::optional<MailedLink> &old)
{
    const QString invited = m_result.invited;
    const auto invented = noted(invited, user.useInvented(fresh ? *fresh : *old, valuesFor(invited)));
    if (!invented)
        return;
    m_result.invented = user.refusesInvented() ? LinkUse::Refused : LinkUse::Unclear;
    if (!user.refusesInvented()) {
        if (invented->answer.status < 400)
            m_signUps.doubt(invited);
        m_result.notTold = Text::tr("%1 answers an invitation that was made up with status %2, which is no clear "
                                    "refusal.")
                               .arg(m_result.route, QString::number(invented->answer.status));
        return;
    }
    if (old) {
        m_result.oldUse = noted(invited, user.use(*old, valuesFor(invited)));
        if (m_result.oldUse)
            m_result.old = verdictOn(*m_result.oldUse, user, invited);
    }
    if (fresh)
        useFresh(user, *fresh);
    compareUses();
}

InviteLook InviteRun::result()
{
    m_result.requests = m_wire.sent();
    m_result.known = m_wire.gate()->knownSecrets();
    m_result.made.removeDuplicates();
    return m_result;
}

} // namespace cockpit
