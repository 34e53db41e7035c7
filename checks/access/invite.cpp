#include "checks/access/invite.h"

#include "checks/access/inviterun.h"
#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"
#include "models/access/secretvariable.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Invite)
};

const QString kId = u"access.invite"_s;

const QStringList &linkNames()
{
    static const QStringList names{u"invite_link"_s, u"invite_link_2"_s, u"old_invite_link"_s};
    return names;
}

const TestActor *inviterIn(const ProjectFacts &facts, const Route &route)
{
    const Crew crew = crewOf(facts.actors);
    if (crew.admin || crew.otherAdmin)
        return crew.admin ? crew.admin : crew.otherAdmin;
    return route.access == AccessClass::Admin ? nullptr : crew.anybody;
}

// The address that the last look invited, or the one that the person names beside the link.
QString invitedBefore(const Look &look, const MailboxOwner &owner)
{
    const auto named = owner.values.find(u"invite_mail"_s);
    if (named != owner.values.end() && !named->second.isEmpty())
        return QString::fromUtf8(named->second.reveal()).trimmed();
    return look.facts.lastObserved(kId)["invited"_L1].toString();
}

// Why the route may not be used; empty when it may.
QString whyNot(const EntryPoint *entry, bool hasLinks)
{
    if (!entry)
        return hasLinks ? Text::tr("Needs the route that accepts invitations, with an example of its body, such as "
                                   "POST /invitations/accept.")
                        : Text::tr("Needs the route that sends invitations, with an example of its body, such as "
                                   "POST /invitations.");
    return maySafelyWrite(entry->route)
               ? QString()
               : Text::tr("%1 is not marked as safe to write. Mark it in your list of routes, as this test makes an "
                          "account by an invitation.")
                     .arg(routeName(entry->route));
}

const RequestNeed kNeed{.account = kId, .most = kInviteRequests};

// Of the links in the keychain nothing is known beforehand: one of the two routes is enough.
std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    const std::vector<EntryPoint> entries = entryPointsOf(outlook.target, outlook.facts);
    if (!entryOf(EntryKind::Invite, entries) && !entryOf(EntryKind::AcceptInvite, entries))
        return {};
    return {kNeed};
}

Judged lookAt(const Look &look)
{
    if (!look.seen.active())
        return notRun(labelOf(Need::Consent));
    const MailboxOwner owner = mailboxOwnerOf(look);
    if (!owner.missing.isEmpty())
        return owner.actor ? notRun(owner.missing) : nothingToTry(owner.missing);
    std::vector<std::pair<QString, PastedLink>> links;
    for (const QString &name : linkNames()) {
        PastedLink pasted = pastedLink(owner, name);
        if (pasted.link || !pasted.problem.isEmpty())
            links.emplace_back(name, std::move(pasted));
    }
    const std::vector<EntryPoint> entries = entryPointsOf(look.target, look.facts);
    const EntryPoint *entry = entryOf(links.empty() ? EntryKind::Invite : EntryKind::AcceptInvite, entries);
    if (const QString why = whyNot(entry, !links.empty()); !why.isEmpty())
        return links.empty() ? nothingToTry(why) : notRun(why); // whoever pasted a link wants it tried
    const TestActor *inviter = inviterIn(look.facts, entry->route);
    const QString invited = invitedBefore(look, owner);
    if (links.empty() && !inviter)
        return nothingToTry(Text::tr("Needs a test account of an administrator, who may invite."));
    if (!links.empty() && invited.isEmpty())
        return notRun(
            Text::tr("Needs the address that was invited: type it under Test accounts, Mailed links, beside the "
                     "link (on a build server: into the variable %1).")
                .arg(QString::fromLatin1(mailedVariable(*owner.actor, MailedValue::InvitedMail))));
    Wire wire(look, kNeed);
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    InviteRun run(owner, wire);
    if (links.empty())
        run.sendInvitation(*entry, *inviter);
    else
        run.useLinks(*entry, links, invited);
    return judgeInvite(run.result());
}

} // namespace

Check inviteCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = lookAt,
            .requests = requestsOf};
}

} // namespace cockpit
