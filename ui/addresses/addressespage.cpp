#include "ui/addresses/addressespage.h"

#include "models/routesfile.h"
#include "ui/addresses/hostscard.h"
#include "ui/addresses/namescard.h"
#include "ui/addresses/routescard.h"
#include "ui/session.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/scrollcolumn.h"

#include <QDir>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

constexpr size_t kMostBadLinesShown = 10;

} // namespace

AddressesPage::AddressesPage(Session &session, QWidget *parent)
    : Page(pages::kAddresses, session, parent),
      m_banner(new Banner),
      m_hosts(new HostsCard),
      m_routes(new RoutesCard),
      m_names(new NamesCard)
{
    setTitle(tr("Addresses and routes"));
    setSubtitle(tr("What belongs to your product. The next run looks at what stands here; what was known about a "
                   "removed address is forgotten."));
    content()->addWidget(m_banner);
    QVBoxLayout *cards = addScrollColumn(content(), this); // three tables are more than a small screen holds
    cards->addWidget(m_hosts);
    cards->addWidget(m_names, 1);
    cards->addWidget(m_routes, 1);
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
    bindNames();
    for (const auto left : {&Session::projectOpened, &Session::projectClosed}) {
        connect(&session, left, m_names, &NamesCard::leaveProject);
        connect(&session, left, m_routes, &RoutesCard::leaveProject);
    }
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::routesChanged,
           &Session::namesChanged, &Session::resultsChanged);
}

void AddressesPage::bindNames()
{
    connect(m_names, &NamesCard::purposeEdited, this, &AddressesPage::setPurpose);
    connect(m_names, &NamesCard::removalAsked, this, &AddressesPage::removeName);
    connect(m_names, &NamesCard::listRead, this, &AddressesPage::addList);
    connect(m_names, &NamesCard::refused, this, &AddressesPage::refuse);
    connect(m_names, &NamesCard::exported, this, [this](const QString &path) {
        m_banner->showMessage(Tone::Pass, tr("The list was written to %1.").arg(QDir::toNativeSeparators(path)));
    });
}

void AddressesPage::aboutToShow()
{
    m_banner->dismiss();
}

void AddressesPage::importRoutes(const QString &path)
{
    m_routes->importFrom(path);
}

void AddressesPage::importNames(const QString &path)
{
    m_names->importFrom(path);
}

void AddressesPage::exportNames(const QString &path)
{
    m_names->exportTo(path);
}

void AddressesPage::refresh()
{
    const bool writable = session().isOpen() && !session().isReadOnly();
    m_hosts->setReadOnly(!writable);
    m_routes->setReadOnly(!writable);
    m_names->setReadOnly(!writable);
    m_hosts->setSettings(session().project().settings);
    m_routes->setRoutes(session().project().routes);
    m_names->setRows(inventoryRows(session().project()));
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

// A name that the person says nothing about any more, and that came from no file, needs no row of its own.
void AddressesPage::setPurpose(const QString &name, const QString &purpose)
{
    m_banner->dismiss();
    std::vector<ListedName> names = session().project().names;
    auto known = std::ranges::find(names, name, &ListedName::name);
    if (known == names.end())
        known = names.insert(names.end(), ListedName{.name = name, .purpose = {}, .source = {}});
    known->purpose = purpose;
    if (purpose.isEmpty() && known->source.isEmpty())
        names.erase(known);
    session().setNames(names);
    bringUpToDate();
}

void AddressesPage::removeName(const QString &name)
{
    m_banner->dismiss();
    std::vector<ListedName> names = session().project().names;
    std::erase_if(names, [&](const ListedName &listed) { return listed.name == name; });
    session().setNames(names);
    bringUpToDate();
}

// Good lines are taken, and each that is not is named, so that nothing is lost unseen.
void AddressesPage::addList(const NameList &list)
{
    const std::vector<ListedName> merged = mergedNames(session().project().names, list.names);
    const int added = static_cast<int>(merged.size() - session().project().names.size());
    session().setNames(merged);
    bringUpToDate();
    const QString what = tr("%n name(s) added. The next run looks at them, too.", nullptr, added);
    if (list.badLines.empty()) {
        m_banner->showMessage(Tone::Pass, what);
        return;
    }
    QStringList lines;
    for (const BadLine &bad : list.badLines) {
        if (lines.size() < static_cast<qsizetype>(kMostBadLinesShown))
            lines << tr("Line %1, “%2”: %3").arg(QString::number(bad.number), bad.text, bad.why);
    }
    if (const size_t all = list.badLines.size(); all > kMostBadLinesShown)
        lines << tr("… and %n more line(s).", nullptr, static_cast<int>(all - kMostBadLinesShown));
    m_banner->showMessage(Tone::Warn, what, lines.join(u'\n'));
}

void AddressesPage::refuse(const QString &why)
{
    m_banner->showMessage(Tone::Fail, why);
}

} // namespace cockpit
