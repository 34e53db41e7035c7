#include "ui/addresses/addressespage.h"

#include "models/routesfile.h"
#include "ui/addresses/hostscard.h"
#include "ui/addresses/routescard.h"
#include "ui/session.h"
#include "ui/widgets/banner.h"

#include <QVBoxLayout>

namespace cockpit {

AddressesPage::AddressesPage(Session &session, QWidget *parent)
    : Page(pages::kAddresses, session, parent), m_banner(new Banner), m_hosts(new HostsCard), m_routes(new RoutesCard)
{
    setTitle(tr("Addresses and routes"));
    setSubtitle(tr("What belongs to your product. The next run looks at what stands here; what was known about a "
                   "removed address is forgotten."));
    content()->addWidget(m_banner);
    content()->addWidget(m_hosts);
    content()->addWidget(m_routes, 1);
    connect(m_hosts, &HostsCard::targetEdited, this, [this](const Target &target) {
        m_banner->dismiss();
        this->session().setTarget(target);
        bringUpToDate(); // the next edit may follow at once, in the row that this one made
    });
    connect(m_hosts, &HostsCard::selectorsEdited, this, [this](const QStringList &selectors) {
        m_banner->dismiss();
        if (selectors != this->session().project().settings.dkimSelectors)
            this->session().setDkimSelectors(selectors);
        bringUpToDate();
    });
    connect(m_routes, &RoutesCard::routesEdited, this, [this](const std::vector<Route> &routes) {
        m_banner->dismiss();
        this->session().setRoutes(routes);
        bringUpToDate();
    });
    connect(m_routes, &RoutesCard::routesRead, this, &AddressesPage::merge);
    connect(m_hosts, &HostsCard::refused, this, &AddressesPage::refuse);
    connect(m_routes, &RoutesCard::refused, this, &AddressesPage::refuse);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::routesChanged);
}

void AddressesPage::aboutToShow()
{
    m_banner->dismiss();
}

void AddressesPage::importRoutes(const QString &path)
{
    m_routes->importFrom(path);
}

void AddressesPage::refresh()
{
    const bool writable = session().isOpen() && !session().isReadOnly();
    m_hosts->setReadOnly(!writable);
    m_routes->setReadOnly(!writable);
    m_hosts->setSettings(session().project().settings);
    m_routes->setRoutes(session().project().routes);
}

void AddressesPage::merge(const std::vector<Route> &routes)
{
    const std::vector<Route> &known = session().project().routes;
    const std::vector<Route> merged = mergedRoutes(known, routes);
    const int added = static_cast<int>(merged.size() - known.size());
    session().setRoutes(merged);
    bringUpToDate();
    m_banner->showMessage(Tone::Pass, tr("%n route(s) added.", nullptr, added),
                          tr("Look through who may call each: a file seldom says who is an administrator."));
}

void AddressesPage::refuse(const QString &why)
{
    m_banner->showMessage(Tone::Fail, why);
}

} // namespace cockpit
