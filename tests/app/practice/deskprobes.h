// For each fault of the desk a question that shows it: true when the fault is there.
#pragma once

#include "app/practice/shop/deskapp.h"
#include "tests/app/practice/shopvisitor.h"

#include <map>

namespace cockpit::lab {

struct DeskScene
{
    DeskApp &desk;
    Visitor &visitor;

    // "desk_session=…", of somebody who is signed in; of nobody with an empty account.
    QByteArray visit();
    QByteArray signIn(const PracticeAccount &account, QByteArray cookie = {});
    QByteArray cookieOf(const QString &tenant, const QString &role = QStringLiteral("member"))
    {
        return signIn(desk.account(tenant, role));
    }
    // A form's token on that page.
    QByteArray csrf(const QByteArray &cookie, const QByteArray &page);
    Heard get(const QByteArray &target, const QByteArray &cookie = {}, Fields fields = {});
    // Posts with the token of the page.
    Heard post(const QByteArray &target, std::vector<std::pair<QByteArray, QByteArray>> values,
               const QByteArray &cookie, const QByteArray &page, const Fields &fields = {});
    Heard tryPassword(const QString &email, const QByteArray &password, const Fields &fields = {});
    Heard graphQl(const QString &query, const QByteArray &cookie = {});
};

using DeskProbe = std::function<bool(DeskScene &)>;
using DeskProbes = std::map<DeskFault, DeskProbe>;

void addDeskAccessProbes(DeskProbes &probes);
void addDeskSessionProbes(DeskProbes &probes);
void addDeskSignOnProbes(DeskProbes &probes);

} // namespace cockpit::lab
