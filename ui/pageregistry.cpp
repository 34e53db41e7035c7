#include "ui/pageregistry.h"

#include "ui/access/accesspage.h"
#include "ui/addresses/addressespage.h"
#include "ui/credentials/credentialspage.h"
#include "ui/environments/environmentspage.h"
#include "ui/gate/gatepage.h"
#include "ui/handover/handoverpage.h"
#include "ui/later/laterpage.h"
#include "ui/message/messagepage.h"
#include "ui/monitoring/monitoringpage.h"
#include "ui/plan48/plan48page.h"
#include "ui/records/recordspage.h"
#include "ui/redirects/redirectspage.h"
#include "ui/risks/riskspage.h"
#include "ui/secrets/secretspage.h"
#include "ui/sources/sourcespage.h"
#include "ui/surface/surfacepage.h"

namespace cockpit {

namespace {

template<typename PageType>
PageEntry entry(QLatin1StringView id)
{
    return {id, [](const PageContext &context, QWidget *parent) -> Page * {
                return new PageType(context.session, parent);
            }};
}

} // namespace

std::vector<PageEntry> overviewPages()
{
    return {
        entry<GatePage>(pages::kGate),           entry<RisksPage>(pages::kRisks),
        entry<Plan48Page>(pages::kPlan48),       entry<LaterPage>(pages::kLater),
        entry<AccessPage>(pages::kAccess),       entry<SurfacePage>(pages::kSurface),
        entry<RecordsPage>(pages::kRecords),     entry<SecretsPage>(pages::kSecrets),
        entry<SourcesPage>(pages::kSources),     entry<EnvironmentsPage>(pages::kEnvironments),
        entry<MessagePage>(pages::kMessage),     entry<MonitoringPage>(pages::kMonitoring),
        entry<HandoverPage>(pages::kHandover),   entry<AddressesPage>(pages::kAddresses),
        entry<RedirectsPage>(pages::kRedirects), entry<CredentialsPage>(pages::kCredentials),
    };
}

} // namespace cockpit
