#include "checks/http/referrerpolicy.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class ReferrerPolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("policy");
        const auto row = [](const char *name, const QByteArray &headers, const QByteArray &html,
                            const QString &expected,
                            const QString &policy) { QTest::newRow(name) << headers << html << expected << policy; };
        const QString usual = u"strict-origin-when-cross-origin"_s;
        row("nothing", {}, {}, u"pass"_s, usual);
        row("private", "Referrer-Policy: no-referrer", {}, u"pass"_s, u"no-referrer"_s);
        row("any case", "Referrer-Policy: Same-Origin", {}, u"pass"_s, u"same-origin"_s);
        row("the name of the site is no private address", "Referrer-Policy: origin", {}, u"pass"_s, u"origin"_s);
        row("everything", "Referrer-Policy: unsafe-url", {}, u"whole_address:medium"_s, u"unsafe-url"_s);
        row("the old default", "Referrer-Policy: no-referrer-when-downgrade", {}, u"whole_address:medium"_s,
            u"no-referrer-when-downgrade"_s);
        row("the last known word counts", "Referrer-Policy: unsafe-url, strict-origin, nonsense", {}, u"pass"_s,
            u"strict-origin"_s);
        row("two lines are one list", "Referrer-Policy: no-referrer\nReferrer-Policy: unsafe-url", {},
            u"whole_address:medium"_s, u"unsafe-url"_s);
        row("a word that nobody knows", "Referrer-Policy: always", {}, u"unknown_word:low"_s, usual);
        row("the page comes after the header", "Referrer-Policy: no-referrer",
            "<meta name=referrer content=unsafe-url>", u"whole_address:medium"_s, u"unsafe-url"_s);
        row("nonsense in the page changes nothing", "Referrer-Policy: no-referrer",
            "<meta name=referrer content=never>", u"unknown_word:low"_s, u"no-referrer"_s);
        row("an empty header is none", "Referrer-Policy: ", {}, u"pass"_s, usual);
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, html);
        const HttpResponse page = answer(200, headers, html);
        const auto read = parseHtml(html, page.url);
        QVERIFY(read);
        const Judged judged = judgeReferrerPolicy(arrivedAt(page), *read, HostRole::App);
        QTEST(said(judged), "expected");
        QTEST(judged.observed.value("policy"_L1).toString(), "policy");
    }

    void weighsLessWhereNobodySignsIn()
    {
        const RedirectChain chain = arrivedAt(answer(200, "Referrer-Policy: unsafe-url"));
        QCOMPARE(said(judgeReferrerPolicy(chain, {}, HostRole::Site)), u"whole_address:low"_s);
    }
};

QTEST_GUILESS_MAIN(ReferrerPolicyTest)
#include "tst_referrerpolicy.moc"
