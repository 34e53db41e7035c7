#include "app/practice/shop/shopstate.h"

#include "app/practice/shop/shoprecords.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 2000;
constexpr int kManyRounds = 240000; // about a tenth of a second, also where a core is fast
constexpr int kCoupons = 12;

thread_local int roundsDone = 0;

QByteArray hashOf(const QByteArray &password, const QByteArray &salt, int rounds)
{
    roundsDone += rounds;
    std::array<unsigned char, 32> hash{};
    PKCS5_PBKDF2_HMAC(password.constData(), static_cast<int>(password.size()),
                      reinterpret_cast<const unsigned char *>(salt.constData()), static_cast<int>(salt.size()), rounds,
                      EVP_sha256(), static_cast<int>(hash.size()), hash.data());
    return {reinterpret_cast<const char *>(hash.data()), static_cast<qsizetype>(hash.size())};
}

std::vector<QByteArray> newCoupons()
{
    std::vector<QByteArray> codes;
    for (int at = 0; at < kCoupons; ++at)
        codes.push_back("SPRING-" + QByteArray::number(at + 1) + "-" +
                        randomText(12).replace('_', 'x').replace('-', 'y'));
    return codes;
}

} // namespace

void setPassword(Account &account, const QByteArray &password)
{
    account.salt = randomText(16);
    account.hash = hashOf(password, account.salt, kRounds);
}

bool isPassword(const Account &account, const QByteArray &password)
{
    return hashOf(password, account.salt, kRounds) == account.hash;
}

void workAsForAPassword()
{
    hashOf("nobody's password", "salt of nobody", kRounds);
}

void workMuchLonger()
{
    hashOf("anybody's password", "salt of anybody", kManyRounds);
}

std::chrono::milliseconds takeWorkDone()
{
    constexpr int kRoundsPerMillisecond = kManyRounds / 100;
    return std::chrono::milliseconds(std::exchange(roundsDone, 0) / kRoundsPerMillisecond);
}

Account *Store::accountById(int id)
{
    const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const Account &a) { return a.id == id; });
    return found == accounts.end() ? nullptr : &*found;
}

Account *Store::accountByEmail(const QString &email)
{
    const auto found = std::find_if(accounts.begin(), accounts.end(),
                                    [&](const Account &a) { return a.email == email.toLower().trimmed(); });
    return found == accounts.end() ? nullptr : &*found;
}

Record *Store::record(const QString &collection, const QString &id)
{
    auto &list = records[collection];
    const auto found = std::find_if(list.begin(), list.end(), [&](const Record &r) { return r.id == id; });
    return found == list.end() ? nullptr : &*found;
}

void Store::endSessionsOf(int account, const QByteArray &exceptSession)
{
    for (auto &[id, session] : sessions) {
        if (session.account == account && id != exceptSession)
            session.isEnded = true;
    }
}

Store newStore(const std::vector<PracticeAccount> &accounts, const std::vector<QByteArray> &coupons)
{
    Store store;
    store.tenants = {{kBirchId, kBirch}, {kCedarId, kCedar}};
    for (const PracticeAccount &given : accounts) {
        Account account{.id = given.id.toInt(),
                        .name = given.name,
                        .email = given.email,
                        .role = given.role,
                        .tenant = given.tenant == kBirch ? kBirchId : kCedarId};
        setPassword(account, given.password);
        store.accounts.push_back(std::move(account));
    }
    for (const QByteArray &code : coupons)
        store.coupons.push_back({.code = QString::fromLatin1(code), .percent = 15});
    addFirstRecords(store);
    return store;
}

} // namespace cockpit::shop

namespace cockpit {

using namespace Qt::StringLiterals;

ShopState::ShopState(ShopSetup given, const ShopState *production)
    : setup(std::move(given)),
      accounts(newPracticeAccounts()),
      keys(production ? shop::stagingKeysOf(production->keys) : shop::newTokenKeys()),
      webhookSecret("whsec_" + randomText(32)),
      coupons(shop::newCoupons()),
      store(shop::newStore(accounts, coupons))
{
}

namespace {

constexpr auto kStagingLabel = "staging-api";

} // namespace

shop::TokenRules ShopState::tokenRules() const
{
    return {.faults = setup.faults,
            .signing = setup.signing,
            .issuer = u"https://"_s + QString::fromLatin1(host(setup.production ? kStagingLabel : "api")),
            .stagingIssuer = u"https://"_s + QString::fromLatin1(host(kStagingLabel)),
            .audience = QString::fromLatin1(host("app")),
            .now = clock.seconds()};
}

} // namespace cockpit
