#include "app/practice/shop/letters.h"
#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/tries.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

QJsonObject shown(const Invitation &invitation)
{
    return {{u"id"_s, invitation.id},
            {u"email"_s, invitation.email},
            {u"role"_s, invitation.role},
            {u"is_used"_s, invitation.isUsed}};
}

bool isGood(const Call &call, const Invitation &invitation)
{
    const bool isFresh = invitation.until >= call.shop.clock.seconds() || call.has(InviteNeverExpires);
    return isFresh && (!invitation.isUsed || call.has(InviteReusable));
}

} // namespace

PageReply invite(Call &call)
{
    const QString email = call.text("email").toLower();
    if (const auto held = tooManyLetters(call, email))
        return *held;
    const bool isKnown = call.store().accountByEmail(email) != nullptr;
    if (!isKnown && call.has(InviteTime))
        call.wait = kMailTakes;
    if (isKnown && call.has(InviteStatus))
        return errorReply(409, "not_sent");
    const std::chrono::seconds life = kInviteLife;
    const QByteArray token = newLinkToken();
    const Invitation invitation{.id = ++call.store().lastId,
                                .tenant = call.caller.tenant,
                                .email = email,
                                .role = call.text("role"),
                                .until = call.shop.clock.seconds() + life.count()};
    call.store().invitations[token] = invitation;
    const QByteArray link = "https://" + call.shop.host("app") + "/invite?token=" + token;
    call.shop.outbox.send({LetterKind::Invitation, email, link, token});
    QJsonObject object = shown(invitation);
    if (isKnown && call.has(InviteText))
        object.insert("note"_L1, u"This person already has an account."_s);
    return jsonReply(201, object);
}

PageReply listInvitations(Call &call)
{
    QJsonArray list;
    for (const auto &[token, invitation] : call.store().invitations) {
        if (call.caller.seesAll || invitation.tenant == call.caller.tenant)
            list.append(shown(invitation));
    }
    return jsonReply(200, {{u"items"_s, list}});
}

PageReply acceptInvitation(Call &call)
{
    auto &invitations = call.store().invitations;
    const auto found = invitations.find(call.text("token").toLatin1());
    if (found == invitations.end() || !isGood(call, found->second))
        return errorReply(410, "link_is_used_or_old");
    Invitation &invitation = found->second;
    const QString email = call.text("email").toLower();
    if (email != invitation.email && !call.has(InviteAnyEmail))
        return errorReply(403, "other_person");
    invitation.isUsed = true;
    const QString asked = call.text("role");
    const QString role = call.has(InviteRoleEditable) && !asked.isEmpty() ? asked : invitation.role;
    // Who has an account already keeps it: the invitation makes no second one, and takes over none.
    if (call.store().accountByEmail(email))
        return errorReply(409, "not_accepted");
    Account account{.id = ++call.store().lastId,
                    .name = call.text("name"),
                    .email = email,
                    .role = role,
                    .tenant = invitation.tenant};
    setPassword(account, call.text("password").toUtf8());
    call.store().accounts.push_back(account);
    return jsonReply(201, {{u"id"_s, account.id}, {u"email"_s, email}, {u"role"_s, role}});
}

} // namespace cockpit::shop
