#include "app/composition.h"

#include "app/cli/nearest.h"
#include "app/datafolder.h"
#include "app/patternplace.h"
#include "checks/access/leftremoval.h"
#include "checks/actors/actorsession.h"
#include "checks/builtinchecks.h"
#include "checks/dns/controlproof.h"
#include "checks/dns/owners.h"
#include "checks/dns/providers.h"
#include "checks/edge/cloudflarezone.h"
#include "checks/mail/dkimdraft.h"
#include "checks/mail/dmarcdraft.h"
#include "checks/mail/messagestory.h"
#include "checks/mail/recordstoday.h"
#include "checks/mail/spfdraft.h"
#include "checks/mail/testmessage.h"
#include "checks/monitor/sampler.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/fingerprintkey.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

std::vector<QByteArray> bytesOf(const QStringList &texts)
{
    std::vector<QByteArray> bytes;
    for (const QString &text : texts)
        bytes.push_back(text.toLatin1());
    return bytes;
}

RecordServices recordServices()
{
    return {.read = readRecords,
            .readTexts = readTexts,
            .budget = spfBudget,
            .askOwners = askOwners,
            .draftSpf = [](const RecordsToday &today,
                           const SpfWish &wish) { return draftSpf(today.domain, bytesOf(today.spf), wish); },
            .draftDmarc = [](const RecordsToday &today,
                             const DmarcWish &wish) { return draftDmarc(today.domain, bytesOf(today.dmarc), wish); },
            .draftDkim = draftDkim};
}

Result<ActorTrial> tryAccount(const TestActor &actor, const ActiveTerms &terms, const NetOptions &net,
                              const CancelToken &cancel)
{
    std::vector<LoggedRequest> sent;
    const auto health = tryActor(actor, terms, net, cancel, &sent);
    if (health)
        return ActorTrial{health->isSignedIn, health->name, health->sentence, std::move(sent)};
    if (sent.empty())
        return tl::unexpected<Error>(health.error());
    return ActorTrial{
        false, {}, health.error().message, std::move(sent)}; // what was sent is logged, whatever came of it
}

} // namespace

RunServices Composition::runServices() const
{
    return {
        .catalog = &catalog,
        .registry = &registry,
        .detectProviders = detectProviders,
        .fingerprintKey = [] { return fingerprintKeyIn(dataFolder()).bytes; },
        .prepare =
            [](Observations &seen) { seen.put(PatternsKeptIn{}, std::function<PatternKeeping()>(ownPatternPlace)); }};
}

Result<Roadmap> Composition::roadmap(const QString &id) const
{
    const auto found = std::ranges::find(roadmaps, id, &Roadmap::id);
    if (found != roadmaps.end())
        return *found;
    QStringList ids;
    for (const Roadmap &known : roadmaps)
        ids << known.id;
    return failure(ErrorKind::BadInput,
                   Text::tr("There is no roadmap \"%1\". Did you mean \"%2\"?").arg(id, nearestWord(id, ids)));
}

Result<Composition> compose(const QString &language)
{
    auto catalog = CheckCatalog::load();
    if (!catalog)
        return tl::unexpected(catalog.error());
    auto roadmaps = loadRoadmaps();
    if (!roadmaps)
        return tl::unexpected(roadmaps.error());
    return Composition{.catalog = std::move(*catalog),
                       .registry = builtInChecks(),
                       .roadmaps = std::move(*roadmaps),
                       .takeSample = takeSample,
                       .records = recordServices(),
                       .readMessage = readMessage,
                       .sendMessage = sendTestMessage,
                       .testToken = tryCloudflareToken,
                       .signInToMail = tryMailAccount,
                       .lookForControl = lookForControl,
                       .tryActor = tryAccount,
                       .removeLeft = removeLeft,
                       .machineKey = [] { return fingerprintKeyIn(dataFolder()).bytes; },
                       .language = language,
                       .toolVersion = QCoreApplication::applicationVersion()};
}

} // namespace cockpit
