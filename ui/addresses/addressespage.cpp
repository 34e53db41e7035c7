#include "ui/addresses/addressespage.h"

#include "models/routes/routelist.h"
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

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostBadLinesShown = 10;

QString usualHostOf(const ProjectState &project)
{
    const Host *usual = apiHost(project.settings.target);
    return usual ? usual->name : QString();
}

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
    connect(m_hosts, &HostsCard::refused, this, &AddressesPage::refuse);
    bindRoutes();
    bindNames();
    for (const auto left : {&Session::projectOpened, &Session::projectClosed}) {
        connect(&session, left, m_names, &NamesCard::leaveProject);
        connect(&session, left, m_routes, &RoutesCard::leaveProject);
    }
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::routesChanged,
           &Session::namesChanged, &Session::resultsChanged);
}

void AddressesPage::bindRoutes()
{
    connect(m_routes, &RoutesCard::routesEdited, this, [this](const std::vector<Route> &routes) {
        m_banner->dismiss();
        session().setRoutes(routes);
        bringUpToDate();
    });
    connect(m_routes, &RoutesCard::routesRead, this, &AddressesPage::merge);
    connect(m_routes, &RoutesCard::foundWanted, this, [this] { merge(foundRoutes()); });
    connect(m_routes, &RoutesCard::refused, this, &AddressesPage::refuse);
    connect(m_routes, &RoutesCard::exported, this, [this](const QString &path) {
        m_banner->showMessage(Tone::Pass, tr("The routes were written to %1.").arg(QDir::toNativeSeparators(path)));
    });
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

void AddressesPage::exportRoutes(const QString &path)
{
    m_routes->exportTo(path);
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
    m_routes->setRoutes(session().project().routes, session().project().settings.target);
    const std::vector<Route> &known = session().project().routes;
    const auto all = mergedRoutes(known, foundRoutes(), usualHostOf(session().project()));
    m_routes->setFound(static_cast<int>(all.size() - known.size()));
    m_names->setRows(inventoryRows(session().project()));
}

void AddressesPage::merge(const std::vector<Route> &routes)
{
    const std::vector<Route> &known = session().project().routes;
    const OwnRoutes own = ownRoutes(routes, session().project().settings.target);
    const std::vector<Route> merged = mergedRoutes(known, own.routes, usualHostOf(session().project()));
    const int added = static_cast<int>(merged.size() - known.size());
    session().setRoutes(merged);
    bringUpToDate();
    QString more = tr("Look through who may call each: a file seldom says who is an administrator.");
    if (own.foreign > 0) // a HAR file holds what the pages ask of others, too
        more += u' ' + tr("%n route(s) of other companies were left out, for example of %1.", nullptr, own.foreign)
                           .arg(own.foreignHosts.front());
    m_banner->showMessage(Tone::Pass, tr("%n route(s) added.", nullptr, added), more);
}

std::vector<Route> AddressesPage::foundRoutes() const
{
    std::vector<Route> found;
    for (const CheckResult *result : latestOf(u"exposure.routes"_s, session().project()))
        found = mergedRoutes(std::move(found), routesFromJson(result->observed["routes"_L1].toArray()));
    return found;
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
