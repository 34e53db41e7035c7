// The practice company's API, and what its founder has told the program of it: routes with examples of their bodies,
// test accounts of two customers, rules. The product behind it is the shop (shop/shopapi.h), as a company would run it:
// with a shared cache before it.
#pragma once

#include "app/practice/shop/cachingproxy.h"
#include "app/practice/shop/shopapi.h"
#include "models/projectstate.h"
#include "models/secret.h"

#include <map>
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

    PageReply answer(const PageRequest &request); // any thread
    const ShopApi &shop() const { return m_shop; }

    std::vector<Route> routes() const;
    std::vector<RouteSample> samples() const;
    // An admin and a member of each customer, and one that may be locked out.
    std::vector<TestActor> actors() const;
    // Who may do what is decided, route by route: nothing of the table is a guess.
    std::vector<AccessRule> accessRules() const;
    // Those that the actors sign in with, of the kind Practice: no keychain has any of them.
    std::vector<Credential> credentials() const;
    // What a keychain would have under that entry of credentials(); null for any other. Of the account that may be
    // locked out also the links that its mailbox has got by then: fresh ones at each call.
    std::optional<Secret> secretOf(const QString &keychainEntry);

private:
    std::vector<PracticeAccount> accounts() const;
    TestActor actorOf(const PracticeAccount &account) const;
    void ask(const QByteArray &path, const QJsonObject &body, const PracticeAccount &asker,
             const QByteArray &forwardedHost = {});
    Secret linkIn(LetterKind kind, const QString &mail); // of the newest letter
    Secret withLinks(const PracticeAccount &account);

    ShopApi m_shop;
    CachingProxy m_cache;
    std::map<QString, QString> m_entries; // of the keychain, by PracticeAccount::id
    int m_invited = 0;                    // addresses so far
};

} // namespace cockpit
