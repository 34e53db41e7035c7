// One request to the shop on its way through: who asks, for what, and what the handlers answer with.
#pragma once

#include "app/practice/shop/fieldschema.h"
#include "app/practice/shop/shopstate.h"

#include <QJsonArray>
#include <QUrlQuery>

namespace cockpit::shop {

struct Caller
{
    int account = 0; // 0: nobody
    int tenant = 0;
    QString role = {};
    QByteArray session = {};
    bool seesAll = false; // came past the rules without a session: of every tenant

    bool isSignedIn() const { return account > 0; }
};

struct ShopRoute;

struct Call
{
    ShopState &shop;
    const PageRequest &request;
    QUrlQuery query;
    const ShopRoute *route = nullptr;
    QStringList holes = {}; // what stands in the holes of the route's template
    Caller caller = {};
    QJsonObject body = {};
    std::chrono::milliseconds wait{0}; // before the answer leaves, when nobody else waits for it

    bool has(ShopFault fault) const { return shop.has(fault); }
    Store &store() const { return shop.store; }
    QString text(const char *field) const { return body[QLatin1StringView(field)].toString(); }
};

enum class Access { Public, SignedIn, Member, Admin };

using Handler = PageReply (*)(Call &);

struct ShopRoute
{
    QByteArray method;
    QByteArray path; // template
    Access access = Access::Public;
    Handler handler = nullptr;
    Fields fields = {};          // of the JSON body, when it takes one
    Whole whole = Whole::Yes;    // or some of the fields
    QStringList tooByFault = {}; // "role:mass_role": a field that a fault lets through

    bool readsJson() const { return !fields.empty(); }
    bool writes() const { return method != "GET"; }
};

// The table; literal paths stand before those with holes that would fit them, too.
const std::vector<ShopRoute> &shopRoutes();

// Answers. The headers that all answers have are added at the end.
PageReply jsonReply(int status, const QJsonObject &object);
PageReply errorReply(int status, const char *code, const QJsonObject &more = {});
PageReply emptyReply(int status = 204);
PageReply htmlReply(const QByteArray &title, const QByteArray &body, int status = 200);
PageReply crash(const QString &where); // with the program's inside
PageReply databaseError(const QString &text);
PageReply tooMany(qint64 seconds);       // 429 with Retry-After
QByteArray escaped(const QString &text); // for HTML

} // namespace cockpit::shop
