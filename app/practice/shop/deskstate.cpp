#include "app/practice/shop/deskstate.h"

#include <algorithm>

namespace cockpit::desk {

using namespace Qt::StringLiterals;

shop::Account *Store::accountById(int id)
{
    const auto found =
        std::find_if(accounts.begin(), accounts.end(), [&](const shop::Account &account) { return account.id == id; });
    return found == accounts.end() ? nullptr : &*found;
}

shop::Account *Store::accountByEmail(const QString &email)
{
    const QString wanted = email.toLower().trimmed();
    const auto found = std::find_if(accounts.begin(), accounts.end(),
                                    [&](const shop::Account &account) { return account.email == wanted; });
    return found == accounts.end() ? nullptr : &*found;
}

Invoice *Store::invoice(int id)
{
    const auto found = std::find_if(invoices.begin(), invoices.end(), [&](const Invoice &i) { return i.id == id; });
    return found == invoices.end() ? nullptr : &*found;
}

Store newStore(const std::vector<PracticeAccount> &accounts)
{
    Store store;
    for (const PracticeAccount &given : accounts) {
        shop::Account account{.id = given.id.toInt(),
                              .name = given.name,
                              .email = given.email,
                              .role = given.role,
                              .tenant = given.tenant == kBirch ? kBirchId : kCedarId};
        shop::setPassword(account, given.password);
        store.accounts.push_back(std::move(account));
    }
    store.invoices = {{1, kBirchId, u"Rye delivery to Lantern Hotel"_s, 64800, u"open"_s},
                      {2, kBirchId, u"Cake for the Ferreira wedding"_s, 48900, u"paid"_s},
                      {3, kCedarId, u"Check-ups for Marlow Insurance"_s, 285000, u"open"_s},
                      {4, kCedarId, u"Six sessions for Greta Holm"_s, 43200, u"paid"_s}};
    return store;
}

QString Call::field(const char *name) const
{
    return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

} // namespace cockpit::desk

namespace cockpit {

DeskState::DeskState(DeskSetup given)
    : setup(std::move(given)),
      accounts(newPracticeAccounts()),
      linkSecret(randomText(43)),
      store(desk::newStore(accounts))
{
}

} // namespace cockpit
