// The practice company's API, and what its founder has told the program of it: routes with examples of their bodies,
// test accounts of two customers, rules. The product behind it is the shop (shop/shopapi.h), as a company would run it:
// with a shared cache before it, and with a staging deployment beside it.
#pragma once

#include "app/practice/practicekeeper.h"
#include "app/practice/shop/cachingproxy.h"
#include "app/practice/shop/shopapi.h"
#include "models/projectstate.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

// The shop's faults that the practice company has; what an audit makes of them stands in faults.h.
FaultSet<ShopFault> practiceShopFaults();

class PracticeApi
{
public:
    explicit PracticeApi(const FaultSet<ShopFault> &faults);
    Q_DISABLE_COPY_MOVE(PracticeApi)

    PageReply answer(const PageRequest &request);                                               // any thread
    PageReply answerAtStaging(const PageRequest &request) { return m_staging.answer(request); } // any thread
    const ShopApi &shop() const { return m_shop; }

    std::vector<Route> routes() const;
    std::vector<RouteSample> samples() const;
    // An admin and a member of each customer, one that may be locked out, one of the staging deployment, and the key
    // that payment events are signed with.
    const std::vector<PracticeKeeper> &keepers() const { return m_keepers; }
    // What a keychain would have under that entry; null without one of that name. Of the account that may be locked out
    // also the links and the one-time code that its mailbox has got by then: fresh ones at each call, and the coupons
    // are good once more, so that each run meets what the first one did.
    std::optional<Secret> secretOf(const QString &keychainEntry);

private:
    void addKeepers();
    void ask(const QByteArray &path, const QJsonObject &body, const PracticeAccount &asker,
             const QByteArray &forwardedHost = {});
    Secret linkIn(LetterKind kind, const QString &mail); // of the newest letter
    Secret codeTo(const QString &mail);                  // the newest
    Secret withLinks(const PracticeAccount &account);

    ShopApi m_shop;
    ShopApi m_staging;
    CachingProxy m_cache;
    std::vector<PracticeKeeper> m_keepers;
    int m_invited = 0; // addresses so far
};

} // namespace cockpit
