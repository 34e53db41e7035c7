// Addresses and routes: what belongs to the product. Each change is checked, saved at once, and used by the next run.
#pragma once

#include "models/projectstate.h"
#include "ui/widgets/page.h"

namespace cockpit {

class Banner;
class HostsCard;
class NamesCard;
class RoutesCard;

class AddressesPage : public Page
{
    Q_OBJECT

public:
    explicit AddressesPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;
    void importRoutes(const QString &path);
    void exportRoutes(const QString &path);
    void importNames(const QString &path);
    void exportNames(const QString &path);

protected:
    void refresh() override;

private:
    void bindRoutes();
    void merge(const std::vector<Route> &routes);
    std::vector<Route> foundRoutes() const; // by the last look
    void refuse(const QString &why);
    void bindNames();
    void setPurpose(const QString &name, const QString &purpose);
    void removeName(const QString &name);
    void addList(const NameList &list);

    Banner *m_banner;
    HostsCard *m_hosts;
    RoutesCard *m_routes;
    NamesCard *m_names;
};

} // namespace cockpit
