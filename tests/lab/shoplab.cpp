#include "tests/lab/shoplab.h"

#include <QFile>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint16_t kPort = 443;
constexpr size_t kWorkers = 24;
constexpr size_t kFewWorkers = 4;

QStringList textsOf(const QList<QByteArray> &names)
{
    QStringList texts;
    for (const QByteArray &name : names)
        texts.append(QString::fromLatin1(name));
    return texts;
}

// A slow body ties up a server that has few workers and all the time in the world.
Manners mannersOf(const ShopSetup &setup)
{
    Manners manners{.workers = kWorkers};
    if (setup.faults.has(ShopFault::SlowBodyTiesUp)) {
        manners.workers = kFewWorkers;
        manners.requestPatience = {};
    }
    return manners;
}

} // namespace

PageLab::PageLab(const PageMaker &pages, const QList<QByteArray> &hosts, const Manners &manners) : m_hosts(hosts)
{
    const CertificateAuthority authority;
    QFile root(m_folder.filePath(u"root.pem"_s));
    if (!authority.isReady() || !root.open(QIODevice::WriteOnly) || root.write(authority.rootPem()) < 0) {
        m_problem = u"no certificate could be made or kept"_s;
        return;
    }
    TlsIdentity identity{.leaf = authority.issue({.names = textsOf(hosts)}), .intermediate = authority.intermediate()};
    auto server = WebServer::startTls(std::move(identity), pages, manners);
    if (server)
        m_server = std::move(*server);
    else
        m_problem = server.error().message;
}

NetOptions PageLab::netOptions(NetOptions base) const
{
    base.caFile = m_folder.filePath(u"root.pem"_s);
    for (const QByteArray &host : m_hosts)
        base.connects.push_back({QString::fromLatin1(host), kPort, m_server->address()});
    return base;
}

QUrl PageLab::url(const QByteArray &host, const QByteArray &target)
{
    return QUrl::fromEncoded("https://" + host + target);
}

ShopLab::ShopLab(const ShopSetup &setup)
    : m_shop(setup),
      m_cache([this](const PageRequest &request) { return m_shop.answer(request); }),
      m_server([this](const PageRequest &request) { return cached(request, m_cache, m_shop.journal()); },
               {m_shop.apiHost(), m_shop.appHost(), m_shop.betaHost()}, mannersOf(setup))
{
    m_cache.setKeepsByExtension(true);
}

void ShopLab::reset()
{
    m_shop.reset();
    m_cache.clear();
}

DeskLab::DeskLab(const DeskSetup &setup)
    : m_desk(setup),
      m_cache([this](const PageRequest &request) { return m_desk.answer(request); }),
      m_server([this](const PageRequest &request) { return cached(request, m_cache, m_desk.journal()); },
               {m_desk.host()}, {.workers = kWorkers})
{
    m_cache.setKeepsByExtension(true);
}

void DeskLab::reset()
{
    m_desk.reset();
    m_cache.clear();
}

BackendLab::BackendLab(const BackendSetup &setup)
    : m_host(setup.host),
      m_backend(setup),
      m_server([this](const PageRequest &request) { return m_backend.answer(request); }, {m_host},
               {.workers = kWorkers})
{
}

PageReply cached(const PageRequest &request, CachingProxy &cache, RequestJournal &journal)
{
    PageReply reply = cache.answer(request);
    if (reply.header("X-Cache") == "HIT")
        journal.note(request, reply.status); // the product behind never saw it
    return reply;
}

} // namespace cockpit::lab
