#include "ui/stage/needpage.h"

#include "checks/engine/plan.h"
#include "models/credentialkind.h"
#include "ui/session.h"
#include "ui/widgets/page.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NeedPage)
};

bool isMet(const Check &check, Need need, const Session &session)
{
    const ProjectState &project = session.project();
    switch (need) {
    case Need::Folder:
        return hasSourceFor(check, project.sources);
    case Need::Routes:
        return !project.routes.empty();
    case Need::Redirects:
        return !project.redirects.empty();
    case Need::Message:
        return project.delivery.proof.has_value();
    case Need::ApiToken:
        return firstOf(CredentialKind::CloudflareToken, project.credentials) != nullptr;
    case Need::TestAccounts:
        return !project.actors.empty();
    case Need::Consent:
        return session.permissionState() == PermissionState::Given;
    case Need::Samples:
    case Need::Answer:
        return false; // not known here; no page gives them (pageFor())
    }
    Q_UNREACHABLE();
}

// As the plan of a run has it: what attacks, and what acts as somebody.
bool needsPermission(const Check &check, const Session &session)
{
    const CatalogEntry *entry = session.catalog().find(check.id);
    return (entry && entry->kind == CheckKind::Active) ||
           std::ranges::find(check.needs, Need::TestAccounts) != check.needs.end();
}

} // namespace

std::optional<NeedPage> pageFor(Need need)
{
    switch (need) {
    case Need::Routes:
        return NeedPage{pages::kAddresses, Text::tr("Add routes…"), Text::tr("%1 Press Enter to add routes.")};
    case Need::Redirects:
        return NeedPage{pages::kRedirects, Text::tr("Add old addresses…"),
                        Text::tr("%1 Press Enter to add old addresses.")};
    case Need::Message:
        return NeedPage{pages::kMessage, Text::tr("Read a message…"), Text::tr("%1 Press Enter to read a message.")};
    case Need::ApiToken:
        return NeedPage{pages::kCredentials, Text::tr("Add a token…"), Text::tr("%1 Press Enter to add a token.")};
    case Need::Folder:
        return NeedPage{pages::kSources, Text::tr("Add code or files…"),
                        Text::tr("%1 Press Enter to add code or files.")};
    case Need::TestAccounts:
        return NeedPage{pages::kAccess, Text::tr("Add test accounts…"),
                        Text::tr("%1 Press Enter to add test accounts.")};
    case Need::Consent:
        return NeedPage{pages::kAccess, Text::tr("Allow the tests…"), Text::tr("%1 Press Enter to allow the tests.")};
    case Need::Samples:
    case Need::Answer:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

std::optional<Need> unmetNeed(const QString &checkId, const Session &session)
{
    const Check *check = session.registry().find(checkId);
    if (!check)
        return std::nullopt;
    const auto isUnmet = [&](Need need) { return pageFor(need) && !isMet(*check, need, session); };
    const auto need = std::ranges::find_if(check->needs, isUnmet);
    if (need != check->needs.end())
        return *need;
    if (needsPermission(*check, session) && !isMet(*check, Need::Consent, session))
        return Need::Consent;
    return std::nullopt;
}

bool hasNeed(const QString &checkId, Need need, const Session &session)
{
    const Check *check = session.registry().find(checkId);
    return check && std::ranges::find(check->needs, need) != check->needs.end();
}

} // namespace cockpit
