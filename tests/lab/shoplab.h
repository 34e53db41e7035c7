// One of the practice company's products for access checks, alone on a free port of loopback, with TLS and a
// certificate for its names.
#pragma once

#include "app/practice/shop/backendservice.h"
#include "app/practice/shop/cachingproxy.h"
#include "app/practice/shop/deskapp.h"
#include "app/practice/shop/shopapi.h"
#include "app/practice/webserver.h"
#include "checks/engine/netoptions.h"

#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace cockpit::lab {

// A server for pages of several host names. isReady() is false, and problem() says why, when it could not start.
class PageLab
{
public:
    PageLab(const PageMaker &pages, const QList<QByteArray> &hosts, const Manners &manners = {});

    bool isReady() const { return m_problem.isEmpty(); }
    QString problem() const { return m_problem; }
    // Leads the clients here for each of the hosts on port 443, and has them trust the certificate.
    NetOptions netOptions(NetOptions base = {}) const;
    SocketAddress address() const { return m_server->address(); }
    static QUrl url(const QByteArray &host, const QByteArray &target);

private:
    QTemporaryDir m_folder; // holds the trust root, which the clients read from a file
    QList<QByteArray> m_hosts;
    QString m_problem;
    std::unique_ptr<WebServer> m_server;
};

// What the cache answers; also what it kept is in the journal.
PageReply cached(const PageRequest &request, CachingProxy &cache, RequestJournal &journal);

// The shop behind a shared cache, which keeps what looks like a style, script or picture whatever the shop says. Its
// hosts: api., app. and beta. of the domain.
class ShopLab
{
public:
    explicit ShopLab(const ShopSetup &setup = {});
    Q_DISABLE_COPY_MOVE(ShopLab)

    bool isReady() const { return m_server.isReady(); }
    QString problem() const { return m_server.problem(); }
    ShopApi &shop() { return m_shop; }
    // SlowBodyTiesUp is of the server: it must be in the set-up.
    void setFaults(const FaultSet<ShopFault> &faults) { m_shop.setFaults(faults); }
    void reset(); // the cache is empty again, too
    NetOptions netOptions(NetOptions base = {}) const { return m_server.netOptions(std::move(base)); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_shop.apiHost(), target); }

private:
    ShopApi m_shop;
    CachingProxy m_cache;
    PageLab m_server;
};

// The desk behind a shared cache.
class DeskLab
{
public:
    explicit DeskLab(const DeskSetup &setup = {});
    Q_DISABLE_COPY_MOVE(DeskLab)

    bool isReady() const { return m_server.isReady(); }
    QString problem() const { return m_server.problem(); }
    DeskApp &desk() { return m_desk; }
    void setFaults(const FaultSet<DeskFault> &faults) { m_desk.setFaults(faults); }
    void reset();
    NetOptions netOptions(NetOptions base = {}) const { return m_server.netOptions(std::move(base)); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_desk.host(), target); }

private:
    DeskApp m_desk;
    CachingProxy m_cache;
    PageLab m_server;
};

class BackendLab
{
public:
    explicit BackendLab(const BackendSetup &setup = {});
    Q_DISABLE_COPY_MOVE(BackendLab)

    bool isReady() const { return m_server.isReady(); }
    QString problem() const { return m_server.problem(); }
    BackendService &backend() { return m_backend; }
    NetOptions netOptions(NetOptions base = {}) const { return m_server.netOptions(std::move(base)); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_host, target); }

private:
    const QByteArray m_host;
    BackendService m_backend;
    PageLab m_server;
};

} // namespace cockpit::lab
