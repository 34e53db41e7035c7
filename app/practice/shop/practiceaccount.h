// People who may sign in at a practice server. Passwords are made at random for each server object.
#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <vector>

namespace cockpit {

struct PracticeAccount
{
    QString id;     // "1" … ; a whole number in the shop, which is what it calls its users
    QString name;   // "Bella Reyes"
    QString role;   // "admin", "member", "viewer"
    QString tenant; // kBirch or kCedar
    QString email;
    QByteArray password;
    bool isThrowAway = false; // nobody else uses it: it may be locked out

    bool operator==(const PracticeAccount &) const = default;
};

inline const QString kBirch = QStringLiteral("Birch Bakery");
inline const QString kCedar = QStringLiteral("Cedar Clinic");
constexpr int kBirchId = 1;
constexpr int kCedarId = 2;

// Both tenants with an admin and a member each, a viewer of Birch Bakery, and a throw-away member of each. The
// passwords are new in each call.
std::vector<PracticeAccount> newPracticeAccounts();
// The first that fits; role "admin", "member", "viewer". The account is empty when nobody fits.
PracticeAccount accountOf(const std::vector<PracticeAccount> &accounts, const QString &tenant, const QString &role);
PracticeAccount throwAwayOf(const std::vector<PracticeAccount> &accounts, const QString &tenant);

// Of a product's two customers an administrator and a member each, and an account that may be locked.
template<typename Product>
std::vector<PracticeAccount> crewOf(const Product &product)
{
    std::vector<PracticeAccount> chosen;
    for (const QString &tenant : {kBirch, kCedar}) {
        for (const QString &role : {QStringLiteral("admin"), QStringLiteral("member")})
            chosen.push_back(product.account(tenant, role));
    }
    chosen.push_back(throwAwayOf(product.accounts(), kBirch));
    return chosen;
}

// Random bytes of the system's generator in base64url, `size` characters long.
QByteArray randomText(int size);

} // namespace cockpit
