// What the shop keeps in memory, and what stays the same over a reset.
#pragma once

#include "app/practice/shop/shopapi.h"
#include "app/practice/shop/tokens.h"

#include <QJsonObject>

#include <chrono>
#include <map>
#include <mutex>

namespace cockpit::shop {

constexpr std::chrono::seconds kAccessLife(900);
constexpr std::chrono::hours kLongAccessLife(24 * 30);
constexpr std::chrono::hours kRefreshLife(24 * 14);
constexpr std::chrono::minutes kResetLife(60);
constexpr std::chrono::hours kInviteLife(24 * 7);
constexpr std::chrono::minutes kCodeLife(10); // NIST SP 800-63B section 5.1.3.2

struct Account
{
    int id = 0;
    QString name;
    QString email; // in lower case
    QString role;
    QString phone = {};
    int tenant = 0;
    QByteArray salt = {};
    QByteArray hash = {};
    bool isLocked = false; // for ever
    QString plan = QStringLiteral("starter");
    bool isVerified = false; // by the office, who somebody is
};

struct Record
{
    QString id;
    int number = 0;
    int tenant = 0;
    int owner = 0;
    QJsonObject fields;
};

struct Session
{
    int account = 0;
    bool isEnded = false;
};

// What all who sign in from one address get, by a fault.
struct SharedSession
{
    QByteArray session, access, refresh;
    qint64 until = 0; // of the access token
};

struct Refresh
{
    QByteArray session;
    qint64 until = 0;
    bool isUsed = false;
};

struct ResetLink
{
    int account = 0;
    qint64 until = 0;
    bool isUsed = false;
};

struct SignInCode
{
    qint64 until = 0;
    bool isUsed = false;
};

struct Invitation
{
    int id = 0;
    int tenant = 0;
    QString email;
    QString role;
    qint64 until = 0;
    bool isUsed = false;
};

struct PendingAccount
{
    Account account;
    QString company;
    qint64 until = 0;
};

struct Coupon
{
    QString code;
    int percent = 0;
    std::map<int, QDateTime> usedAt = {}; // by tenant
    int uses = 0;
};

struct StoredFile
{
    QString id;
    int tenant = 0;
    QByteArray name;
    QByteArray contentType;
    QByteArray bytes;
};

// All that reset() makes anew.
struct Store
{
    std::vector<Account> accounts;
    std::map<int, QString> tenants;
    std::map<QString, std::vector<Record>> records; // by collection
    std::map<QString, int> lastNumbers;             // by collection: a number that was given is never given again
    std::map<QByteArray, Session> sessions;         // by id
    std::map<QByteArray, SharedSession> shared;     // by address
    std::map<QByteArray, Refresh> refreshes;        // by token
    std::map<QByteArray, ResetLink> resets;         // by token
    std::map<QByteArray, SignInCode> codes;         // by account and digits
    std::map<QByteArray, Invitation> invitations;   // by token
    std::map<QByteArray, PendingAccount> pending;   // by token
    std::map<int, QJsonObject> settings;            // by tenant
    std::vector<Coupon> coupons;
    std::vector<StoredFile> files;
    std::vector<Record> callbacks;
    std::vector<QString> seenEvents; // of webhooks
    TryCounter tries;
    std::vector<QDateTime> recentRequests;
    int lastId = 1000;

    Account *accountById(int id);
    Account *accountByEmail(const QString &email); // any letter case
    Record *record(const QString &collection, const QString &id);
    void endSessionsOf(int account, const QByteArray &exceptSession = {});
};

Store newStore(const std::vector<PracticeAccount> &accounts, const std::vector<QByteArray> &coupons);
void setPassword(Account &account, const QByteArray &password);
bool isPassword(const Account &account, const QByteArray &password);
// Works as long as a look at a password does, for an account that is not there.
void workAsForAPassword();
// Much longer: a look that shows by its time.
void workMuchLonger();
// What this thread worked so since the last call, as about that long: a busy machine takes longer for the same work.
std::chrono::milliseconds takeWorkDone();

} // namespace cockpit::shop

namespace cockpit {

class ShopState
{
public:
    // production: whose staging deployment it is; null for one of its own.
    explicit ShopState(ShopSetup given, const ShopState *production = nullptr);

    shop::TokenRules tokenRules() const;
    QByteArray host(const char *label) const { return label + ('.' + setup.domain); }
    bool has(ShopFault fault) const { return setup.faults.has(fault); }

    std::mutex lock; // over setup.faults and store
    ShopSetup setup;
    const std::vector<PracticeAccount> accounts;
    const shop::TokenKeys keys;
    const QByteArray webhookSecret;
    const std::vector<QByteArray> coupons;
    shop::Store store;
    Outbox outbox;
    RequestJournal journal;
    PracticeClock clock;
};

} // namespace cockpit
