// For each fault of the shop a question that shows it: true when the fault is there.
#pragma once

#include "app/practice/shop/shopapi.h"
#include "tests/app/practice/shopvisitor.h"

#include <map>

namespace cockpit::lab {

struct ShopScene
{
    ShopApi &shop;
    Visitor &visitor;

    // Signs in and gives the access token.
    QByteArray tokenOf(const QString &tenant, const QString &role);
    Heard signIn(const PracticeAccount &account, const QByteArray &path = "/api/login", const Fields &fields = {});
    Heard wrong(const QString &email, const QByteArray &path = "/api/login", const Fields &fields = {});
    QByteArray birch(const QString &role = QStringLiteral("member")) { return tokenOf(kBirch, role); }
    QByteArray cedar(const QString &role = QStringLiteral("member")) { return tokenOf(kCedar, role); }
};

using ShopProbe = std::function<bool(ShopScene &)>;
using ShopProbes = std::map<ShopFault, ShopProbe>;

void addAccessProbes(ShopProbes &probes);
void addRouteProbes(ShopProbes &probes);
void addTokenProbes(ShopProbes &probes);
void addAccountProbes(ShopProbes &probes);
void addInputProbes(ShopProbes &probes);

} // namespace cockpit::lab
