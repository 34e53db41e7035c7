// The practice company's JSON API with two tenants, Birch Bakery and Cedar Clinic: sign-in by JWT (RFC 7519),
// customers, invoices, projects, notes, files, invitations, settings. All in memory. Each ShopFault makes one thing
// wrong; with none, every check passes. It knows nothing of the checks.
//
// Ids: customers and users count (1, 2 …), invoices are base64 of "invoice:17" and have the number beside it, projects
// are UUIDs of version 4, notes are slugs. Every record of a tenant holds text that no other tenant's has.
#pragma once

#include "app/practice/shop/outbox.h"
#include "app/practice/shop/practiceaccount.h"
#include "app/practice/shop/practiceclock.h"
#include "app/practice/shop/requestjournal.h"
#include "app/practice/shop/shopfault.h"
#include "app/practice/shop/trylimits.h"
#include "app/practice/webpage.h"

#include <QJsonObject>

#include <memory>

namespace cockpit {

enum class TokenSigning { Rs256, Hs256 };

class ShopApi;

struct ShopSetup
{
    FaultSet<ShopFault> faults = {};
    QByteArray domain = "harbor-ledger.example"; // its hosts: api., app. and beta. of it
    TokenSigning signing = TokenSigning::Rs256;  // WeakSecret signs with HS256 whatever stands here
    TryLimits limits = {};
    bool setsCookie = false; // signing in also sets kShopCookie with the access token
    // This is the staging deployment of that shop, which outlives it: signed with the keys that production's fault
    // StagingToken takes. It is asked at staging-api. of the domain.
    const ShopApi *production = nullptr;
};

inline const QByteArray kShopCookie = "__Host-access";

// A route as a list of routes would have it.
struct ShopRouteLine
{
    QByteArray method;
    QByteArray path;   // template: "/api/customers/{id}"
    QByteArray access; // "public", "signed_in", "admin"
    bool writes = false;
};

class ShopState;

class ShopApi // any thread
{
public:
    explicit ShopApi(ShopSetup setup = {});
    ~ShopApi();
    Q_DISABLE_COPY_MOVE(ShopApi)

    PageReply answer(const PageRequest &request);
    void setFaults(const FaultSet<ShopFault> &faults); // from the next request on
    FaultSet<ShopFault> faults() const;
    void reset(); // records, sessions, limits, outbox, journal and clock as at the start; accounts and keys stay

    const std::vector<PracticeAccount> &accounts() const;
    PracticeAccount account(const QString &tenant, const QString &role) const
    {
        return accountOf(accounts(), tenant, role);
    }
    std::vector<ShopRouteLine> routes() const;
    // The JSON Schema of what a route takes; empty when it takes no JSON. Path: a template as in routes().
    QJsonObject schemaOf(const QByteArray &method, const QByteArray &path) const;
    QJsonObject exampleOf(const QByteArray &method, const QByteArray &path) const; // a body that is taken

    QByteArray apiHost() const; // "api.harbor-ledger.example"
    QByteArray appHost() const; // whose pages may call the API (CORS)
    QByteArray betaHost() const;
    QByteArray webhookSecret() const;
    std::vector<QByteArray> coupons() const; // unused at the start, each good for one use by one tenant
    // An access token of that account in a session of its own, with these claims in place of the usual ones (null takes
    // one out): what the same signer gives to other services, or gave an hour ago.
    QByteArray tokenWith(const PracticeAccount &account, const QJsonObject &claims = {});
    // An access token of that account that another deployment of the same product signed.
    QByteArray stagingToken(const PracticeAccount &account) const;
    // As after a pause: letters to that address are sent again.
    void countLettersAnew(const QString &email);
    void reissueCoupons(); // each can be used once more

    Outbox &outbox();
    RequestJournal &journal();
    PracticeClock &clock();

private:
    const std::unique_ptr<ShopState> m_state;
};

} // namespace cockpit
