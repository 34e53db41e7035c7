#include "app/practice/practicecompany.h"

#include "app/practice/names.h"
#include "app/practice/pages.h"
#include "app/practice/records.h"
#include "app/practice/workspace.h"
#include "models/access/accessmatrix.h"
#include "models/roadmap.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint16_t kMailPort = 25;
constexpr int kRenewedLateDays = 9; // renewal is due 30 days before the end
// Races and slow requests must not take all of the API's workers: what they would show is no fault of the product.
constexpr std::size_t kApiWorkers = 24;
// Enough for all active checks, and fast: nobody else is there who could be disturbed.
constexpr ActiveBudget kPracticeBudget{
    .requests = 8000, .perSecond = kMostActivePerSecond, .lockableAccounts = 2}; // one of each product

enum class ChainSent { Whole, LeafOnly };

struct SecureHost
{
    QByteArray name;
    PageMaker pages;
    QByteArray certificateName; // what the certificate is for
    int daysLeft = 60;
    ChainSent chain = ChainSent::Whole;
    OldestTls oldest = OldestTls::Tls12;
    Manners manners = {};
};

Manners apiManners(Manners manners)
{
    manners.workers = std::max(manners.workers, kApiWorkers);
    return manners;
}

std::vector<SecureHost> secureHosts(PracticeApi &api, PracticeDesk &desk, const Manners &manners)
{
    const auto answer = [&api](const PageRequest &request) { return api.answer(request); };
    const auto staging = [&api](const PageRequest &request) { return api.answerAtStaging(request); };
    const auto office = [&desk](const PageRequest &request) { return desk.answer(request); };
    return {
        {.name = kDomain, .pages = sitePage, .certificateName = kDomain, .manners = manners},
        {.name = kWwwHost,
         .pages = wwwPage,
         .certificateName = kWwwHost,
         .daysLeft = kRenewedLateDays,
         .manners = manners},
        {.name = kAppHost, .pages = appPage, .certificateName = kAppHost, .manners = manners},
        {.name = kApiHost, .pages = answer, .certificateName = kApiHost, .manners = apiManners(manners)},
        {.name = kDeskHost, .pages = office, .certificateName = kDeskHost, .manners = apiManners(manners)},
        {.name = kBetaHost, .pages = answer, .certificateName = kBetaHost, .manners = manners},
        {.name = kStagingHost, .pages = staging, .certificateName = kStagingHost, .manners = manners},
        {.name = kOldHost,
         .pages = oldPage,
         .certificateName = kAppHost,
         .chain = ChainSent::LeafOnly,
         .oldest = OldestTls::Tls10,
         .manners = manners},
    };
}

QString text(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

template<typename T>
std::vector<T> joined(std::vector<T> first, const std::vector<T> &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// As a project has them.
std::vector<RouteSample> checked(const std::vector<RouteSample> &samples)
{
    auto kept = checkedSamples(samples);
    Q_ASSERT(kept);
    return std::move(kept).value_or(std::vector<RouteSample>());
}

std::vector<AccessRule> rulesFor(const std::vector<Route> &routes, const std::vector<TestActor> &actors)
{
    std::vector<AccessRule> rules;
    for (const AccessRow &row : accessMatrix(routes, {}, matrixRoles(actors))) {
        for (const AccessCell &cell : row.cells) {
            if (cell.isGuessed) // what is guessed of these products is right
                rules.push_back(ruleFor(row.route, cell.role, cell.allowance));
        }
    }
    return rules;
}

} // namespace

Result<std::unique_ptr<PracticeCompany>> PracticeCompany::start(const Manners &manners,
                                                                const FaultSet<ShopFault> &apiFaults,
                                                                const FaultSet<DeskFault> &deskFaults)
{
    std::unique_ptr<PracticeCompany> company(new PracticeCompany); // the constructor is private
    company->m_api = std::make_unique<PracticeApi>(apiFaults);
    company->m_desk = std::make_unique<PracticeDesk>(deskFaults);
    if (auto dns = company->startDns(manners); !dns)
        return tl::unexpected(dns.error());
    if (auto mail = company->startMail(manners); !mail)
        return tl::unexpected(mail.error());
    if (auto web = company->startWeb(manners); !web)
        return tl::unexpected(web.error());
    if (auto computer = company->makeComputer(); !computer)
        return tl::unexpected(computer.error());
    return company;
}

PracticeCompany::~PracticeCompany()
{
    if (m_plain)
        m_plain->stop();
    for (const Door &door : m_secure)
        door.server->stop();
}

Result<void> PracticeCompany::startDns(const Manners &manners)
{
    auto zone = Zone::parse(practiceRecords());
    if (!zone)
        return tl::unexpected(zone.error());
    auto server = DnsServer::start(std::move(*zone), manners);
    if (!server)
        return tl::unexpected(server.error());
    auto lame = DnsServer::start(Zone::none(), manners);
    if (!lame)
        return tl::unexpected(lame.error());
    m_nameServer = std::move(*server);
    m_lameServer = std::move(*lame);
    return {};
}

Result<void> PracticeCompany::startMail(const Manners &manners)
{
    auto server = MailServer::start(manners);
    if (!server)
        return tl::unexpected(server.error());
    m_mail = std::move(*server);
    return {};
}

Result<void> PracticeCompany::startWeb(const Manners &manners)
{
    const CertificateAuthority authority;
    if (!authority.isReady())
        return failure(ErrorKind::Unsupported, Text::tr("The practice company could not make its certificates."));
    if (auto root = writeRoot(authority.rootPem()); !root)
        return root;
    auto plain = WebServer::startPlain(plainPage, manners);
    if (!plain)
        return tl::unexpected(plain.error());
    m_plain = std::move(*plain);
    for (const SecureHost &host : secureHosts(*m_api, *m_desk, manners)) {
        TlsIdentity identity{
            .leaf = authority.issue(
                {.names = {text(host.certificateName)}, .validSinceDays = 30, .daysLeft = host.daysLeft}),
            .intermediate = host.chain == ChainSent::Whole ? authority.intermediate() : nullptr,
            .oldest = host.oldest};
        auto server = WebServer::startTls(std::move(identity), host.pages, host.manners);
        if (!server)
            return tl::unexpected(server.error());
        m_secure.push_back({text(host.name), kHttpsPort, std::move(*server)});
    }
    return {};
}

QString PracticeCompany::rootFile() const
{
    return m_scratch.filePath(u"root.pem"_s);
}

QString PracticeCompany::workspace() const
{
    return m_scratch.filePath(u"workspace"_s);
}

Result<void> PracticeCompany::makeComputer()
{
    if (!m_scratch.isReady() || !QDir().mkpath(workspace())) {
        return failure(ErrorKind::Storage,
                       Text::tr("The practice company could not make a folder in %1.").arg(m_scratch.path()));
    }
    return makeWorkspace(workspace());
}

std::vector<LocalSource> PracticeCompany::sources() const
{
    return workspaceSources(workspace());
}

Result<void> PracticeCompany::writeRoot(const QByteArray &pem)
{
    QFile file(rootFile());
    if (!m_scratch.isReady() || !file.open(QIODevice::WriteOnly) || file.write(pem) != pem.size() || !file.flush()) {
        return failure(ErrorKind::Storage, Text::tr("The practice company could not write its certificate to %1: %2")
                                               .arg(m_scratch.path(), file.errorString()));
    }
    return {};
}

NetOptions PracticeCompany::netOptions(NetOptions base) const
{
    base.resolvers = {m_nameServer->address()};
    base.caFile = rootFile();
    base.homeDomain = text(kDomain);
    std::vector<ConnectOverride> doors{
        {text(kFirstNameServer), kDnsPort, m_nameServer->address()},
        {text(kLameNameServer), kDnsPort, m_lameServer->address()},
        {text(kMailHost), kMailPort, m_mail->address()},
    };
    for (const Door &door : m_secure) {
        doors.push_back({door.host, door.port, door.server->address()});
        doors.push_back({door.host, kHttpPort, m_plain->address()});
    }
    base.connects = std::move(doors);
    return base;
}

ProjectSettings PracticeCompany::settings() const
{
    return {.name = Text::tr("Acme Ops (practice)"),
            .target = {.domain = text(kDomain),
                       .hosts = {{HostRole::Site, text(kDomain)},
                                 {HostRole::Www, text(kWwwHost)},
                                 {HostRole::App, text(kAppHost)},
                                 {HostRole::Api, text(kApiHost)},
                                 {HostRole::Mail, text(kMailHost)},
                                 {HostRole::Other, text(kDeskHost)},
                                 {HostRole::Other, text(kBetaHost)},
                                 {HostRole::Other, text(kStagingHost)},
                                 {HostRole::Other, text(kOldHost)}}},
            .roadmapId = QString::fromLatin1(kDefaultRoadmapId),
            .dkimSelectors = {u"default"_s, u"s1"_s}};
}

std::optional<Secret> PracticeCompany::secretOf(const QString &keychainEntry) const
{
    if (auto secret = m_api->secretOf(keychainEntry))
        return secret;
    const PracticeKeeper *keeper = keeperIn(m_desk->keepers(), keychainEntry);
    return keeper ? std::optional(keeper->secret) : std::nullopt;
}

ProjectState PracticeCompany::project() const
{
    ProjectState project;
    project.settings = settings();
    project.routes = joined(m_api->routes(), m_desk->routes());
    project.samples = checked(joined(m_api->samples(), m_desk->samples()));
    const std::vector<PracticeKeeper> keepers = joined(m_api->keepers(), m_desk->keepers());
    project.actors = actorsOf(keepers);
    project.credentials = credentialsOf(keepers);
    project.accessRules = rulesFor(project.routes, project.actors);
    project.sources = sources();
    project.permission.budget = kPracticeBudget;
    return project;
}

} // namespace cockpit
