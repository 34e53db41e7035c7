// Code for browsers in which the search for keys could not go on: it is not known to be clean.
#include "checks/exposure/bundlesecrets.h"
#include "checks/exposure/sourcemaps.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

WebKeys keysWithoutRoom()
{
    return WebKeys::make(setWithoutRoom(), QByteArray(32, 'k'), CancelToken()).value();
}

QByteArray keyLine()
{
    return "k='" + QByteArray::fromStdString(stripeKey()) + "'";
}

} // namespace

class WebKeysTest : public QObject
{
    Q_OBJECT

private slots:
    void saysWhy()
    {
        const KeySearch search = keysWithoutRoom().search(keyLine());
        QVERIFY(!search.isWhole);
        QVERIFY(search.trouble);
        QCOMPARE(search.trouble->message, noRoom());
    }

    void isNoPassOfABundle()
    {
        WebKeys keys = keysWithoutRoom();
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), keyLine(), false, false}}, 0};
        const Judged judged = judgeBundle(bundle, keys, arrivedAt(answer(200)), Target());
        QCOMPARE(judged.outcome, Outcome::Info);
        QCOMPARE(judged.observed.value(u"skipped"_s).toInt(), 1);
    }

    // That it can be downloaded is a finding whatever stands in it.
    void isSaidOfASourceMap()
    {
        WebKeys keys = keysWithoutRoom();
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js.map"_s), keyLine(), false, false, true}}, 0};
        const Judged judged = judgeSourceMaps(bundle, keys, arrivedAt(answer(200)));
        QVERIFY(judged.outcome != Outcome::Pass);
        QCOMPARE(judged.observed.value(u"skipped"_s).toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(WebKeysTest)
#include "tst_webkeys.moc"
