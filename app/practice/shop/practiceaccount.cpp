#include "app/practice/shop/practiceaccount.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPasswordLength = 20;

} // namespace

QByteArray randomText(int size)
{
    QByteArray bytes((size * 3) / 4 + 1, '\0');
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).left(size);
}

std::vector<PracticeAccount> newPracticeAccounts()
{
    std::vector<PracticeAccount> accounts{
        {u"1"_s, u"Bella Reyes"_s, u"admin"_s, kBirch, u"bella.reyes@birchbakery.example"_s, {}, false},
        {u"2"_s, u"Tom Okafor"_s, u"member"_s, kBirch, u"tom.okafor@birchbakery.example"_s, {}, false},
        {u"3"_s, u"Ines Vogel"_s, u"viewer"_s, kBirch, u"ines.vogel@birchbakery.example"_s, {}, false},
        {u"4"_s, u"Sam Lindt"_s, u"member"_s, kBirch, u"sam.lindt@birchbakery.example"_s, {}, true},
        {u"5"_s, u"Carla Mendes"_s, u"admin"_s, kCedar, u"carla.mendes@cedarclinic.example"_s, {}, false},
        {u"6"_s, u"Noah Fischer"_s, u"member"_s, kCedar, u"noah.fischer@cedarclinic.example"_s, {}, false},
        {u"7"_s, u"Lea Brandt"_s, u"member"_s, kCedar, u"lea.brandt@cedarclinic.example"_s, {}, true},
    };
    for (PracticeAccount &account : accounts)
        account.password = randomText(kPasswordLength);
    return accounts;
}

namespace {

template<typename Test>
PracticeAccount firstOf(const std::vector<PracticeAccount> &accounts, Test isWanted)
{
    const auto found = std::find_if(accounts.begin(), accounts.end(), isWanted);
    return found == accounts.end() ? PracticeAccount() : *found;
}

} // namespace

PracticeAccount accountOf(const std::vector<PracticeAccount> &accounts, const QString &tenant, const QString &role)
{
    return firstOf(accounts, [&](const PracticeAccount &account) {
        return account.tenant == tenant && account.role == role && !account.isThrowAway;
    });
}

PracticeAccount throwAwayOf(const std::vector<PracticeAccount> &accounts, const QString &tenant)
{
    return firstOf(accounts,
                   [&](const PracticeAccount &account) { return account.tenant == tenant && account.isThrowAway; });
}

} // namespace cockpit
