#include "checks/access/crosssitecookies.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

StoredCookie cookie(const QString &name, std::optional<SameSite> sameSite)
{
    return {
        .name = name, .value = Secret(QByteArray("v")), .domain = u"a.example"_s, .path = u"/"_s, .sameSite = sameSite};
}

// "sid=lax lang=none": "-" is a pasted one, "unset" one without.
std::vector<StoredCookie> cookiesOf(const QString &words)
{
    std::vector<StoredCookie> cookies;
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts)) {
        const QString said = word.section(u'=', 1);
        std::optional<SameSite> sameSite;
        for (const SameSite one : {SameSite::Unset, SameSite::None, SameSite::Lax, SameSite::Strict, SameSite::Invalid})
            sameSite = toWord(one) == said ? std::optional(one) : sameSite;
        cookies.push_back(cookie(word.section(u'=', 0, 0), sameSite));
    }
    return cookies;
}

} // namespace

class TestCrossSiteCookies : public QObject
{
    Q_OBJECT

private slots:
    void weighsCookies_data();
    void weighsCookies();
};

void TestCrossSiteCookies::weighsCookies_data()
{
    QTest::addColumn<QString>("cookies");
    QTest::addColumn<QString>("needed"); // by the product; "?": it does not answer
    QTest::addColumn<CrossSiteReach>("expected");
    QTest::addColumn<int>("asked");
    using enum CrossSiteReach;
    const auto row = [](const char *cookies, const char *needed, CrossSiteReach reach, int asked) {
        QTest::addRow("%s, needs %s", cookies, needed)
            << QString::fromLatin1(cookies) << QString::fromLatin1(needed) << reach << asked;
    };
    row("sid=none", "sid", Everywhere, 0);
    row("sid=unset", "sid", SomeBrowsers, 0);
    row("sid=invalid", "sid", SomeBrowsers, 0);
    row("sid=lax", "sid", Kept, 0);
    row("sid=strict lang=lax", "sid", Kept, 0);
    row("sid=-", "sid", Unknown, 0);
    row("sid=lax lang=-", "sid", Unknown, 0);
    row("sid=lax lang=none", "sid", Kept, 1);
    row("sid=none theme=lax", "sid", Everywhere, 1);
    row("sid=unset lang=none", "sid", SomeBrowsers, 1);
    row("sid=none lang=unset", "sid", Everywhere, 1);
    row("sid=lax lang=unset", "sid", Kept, 1);
    row("sid=unset theme=strict", "sid", SomeBrowsers, 1);
    row("sid=lax lang=none theme=unset", "sid", Kept, 2);
    row("sid=unset lang=none theme=lax", "sid", SomeBrowsers, 2);
    row("sid=none sig=unset theme=lax", "sid sig", SomeBrowsers, 2);
    row("sid=none sig=lax", "sid sig", Kept, 1);
    row("sid=lax lang=none", "?", Unknown, 1);
}

void TestCrossSiteCookies::weighsCookies()
{
    QFETCH(QString, cookies);
    QFETCH(QString, needed);
    QFETCH(int, asked);
    int tries = 0;
    const auto reach =
        crossSiteReach(cookiesOf(cookies), [&](const std::vector<StoredCookie> &sent) -> std::optional<bool> {
            ++tries;
            if (needed == u"?"_s)
                return std::nullopt;
            const QStringList names = needed.split(u' ');
            return std::ranges::all_of(names, [&](const QString &name) {
                return std::ranges::find(sent, name, &StoredCookie::name) != sent.end();
            });
        });
    QTEST(reach, "expected");
    QCOMPARE(tries, asked);
    QVERIFY(tries <= kMostCookieTries);
}

QTEST_GUILESS_MAIN(TestCrossSiteCookies)
#include "tst_crosssitecookies.moc"
