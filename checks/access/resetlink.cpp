#include "checks/access/resetlink.h"

#include "checks/access/resetrun.h"
#include "checks/engine/nothingtotry.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ResetLink)
};

const QStringList &linkNames()
{
    static const QStringList names{u"reset_link"_s, u"reset_link_2"_s, u"old_reset_link"_s};
    return names;
}

// What the project has to try: links by one of the two routes, codes, or both.
struct ResetPlan
{
    std::vector<EntryPoint> entries;
    std::optional<CodeRoute> code;

    ResetPlan(const Target &target, const ProjectFacts &facts)
        : entries(entryPointsOf(target, facts)), code(codeRouteOf(target, facts))
    {
    }
    // Of the links in the keychain nothing is known beforehand: one of the two routes is enough.
    bool hasLinks() const { return entryOf(EntryKind::Forgot, entries) || entryOf(EntryKind::ResetPassword, entries); }
    // The route that takes a new password takes codes: letters have no links.
    bool resetsByCode() const
    {
        const EntryPoint *reset = entryOf(EntryKind::ResetPassword, entries);
        return code && code->kind == CodeKind::NewPassword && reset && reset->url == code->point.url;
    }
    RequestNeed need() const
    {
        return {.account = u"access.reset-link"_s,
                .most = (hasLinks() ? kResetRequests : 0) + (code ? kCodeLookRequests : 0)};
    }
};

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    const ResetPlan plan(outlook.target, outlook.facts);
    return plan.hasLinks() || plan.code ? std::vector{plan.need()} : std::vector<RequestNeed>();
}

using PastedLinks = std::vector<std::pair<QString, PastedLink>>;

PastedLinks pastedLinks(const MailboxOwner &owner)
{
    PastedLinks links;
    for (const QString &name : linkNames()) {
        PastedLink pasted = pastedLink(owner, name);
        if (pasted.link || !pasted.problem.isEmpty())
            links.emplace_back(name, std::move(pasted));
    }
    return links;
}

QString missingRoute(bool hasLinks)
{
    return hasLinks ? Text::tr("Needs the route that takes the new password, with an example of its body, such as POST "
                               "/password/reset.")
                    : Text::tr("Needs the route that asks for a reset letter, with an example of its body, such as "
                               "POST /password/forgot.");
}

Judged lookAt(const Look &look)
{
    if (!look.seen.active())
        return notRun(labelOf(Need::Consent));
    const MailboxOwner owner = mailboxOwnerOf(look);
    if (!owner.missing.isEmpty())
        return owner.actor ? notRun(owner.missing) : nothingToTry(owner.missing);
    const ResetPlan plan(look.target, look.facts);
    const PastedLinks links = pastedLinks(owner);
    const EntryPoint *entry = entryOf(links.empty() ? EntryKind::Forgot : EntryKind::ResetPassword, plan.entries);
    if (!entry && !plan.code)
        return links.empty() ? nothingToTry(missingRoute(false)) : notRun(missingRoute(true));
    Wire wire(look, plan.need());
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    ResetRun run(look, owner, wire);
    if (plan.code) // first: a code is soon too old
        run.tryCode(*plan.code, plan.entries);
    if (!links.empty() && entry)
        run.tryLinks(links, *entry);
    else if (!plan.resetsByCode() && entry)
        run.askForLetters(*entry);
    else if (!entry)
        run.refuse(missingRoute(!links.empty()));
    return judgeResetLink(run.result());
}

} // namespace

Check resetLinkCheck()
{
    return {.id = u"access.reset-link"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = lookAt,
            .requests = requestsOf,
            .turn = LookTurn::AloneLast};
}

} // namespace cockpit
