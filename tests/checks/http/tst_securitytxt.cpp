#include "checks/http/securitytxt.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
const QByteArray kPlain = "Content-Type: text/plain; charset=utf-8";
const QByteArray kContact = "Contact: mailto:security@example.com\n";
const QString kPlace = u"https://example.com/.well-known/security.txt"_s;

RedirectChain at(int status, const QByteArray &headers, const QByteArray &body, const QString &url = kPlace)
{
    return arrivedAt(answer(status, headers, body, url));
}

} // namespace

class SecurityTxtTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << text << expected;
        };
        row("in order", kContact + "Expires: 2027-01-31T00:00:00Z\n", u"pass"_s);
        row("names in any case, carriage returns, a comment",
            "# hello\r\nCONTACT: https://example.com/report\r\nexpires: 2027-01-31T00:00:00z\r\n", u"pass"_s);
        row("a zone of its own", kContact + "Expires: 2026-11-28T12:00:01+00:00\n", u"pass"_s);
        row("signed",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + kContact +
                "Expires: 2027-01-31T00:00:00Z\n-----BEGIN PGP SIGNATURE-----\nabc\n",
            u"pass"_s);
        row("expires this second", kContact + "Expires: 2026-11-28T12:00:00Z\n", u"expired:low"_s);
        row("a year ahead", kContact + "Expires: 2027-11-28T12:00:00Z\n", u"pass"_s);
        row("a second more", kContact + "Expires: 2027-11-28T12:00:01Z\n", u"far_expires:low"_s);
        row("no end", kContact, u"no_expires:low"_s);
        row("two ends", kContact + "Expires: 2027-01-31T00:00:00Z\nExpires: 2027-02-01T00:00:00Z\n",
            u"no_expires:low"_s);
        row("a date that is none", kContact + "Expires: Thu, 31 Dec 2026 18:37:07 -0800\n", u"no_expires:low"_s);
        row("no contact", "Expires: 2027-01-31T00:00:00Z\n", u"no_contact:low"_s);
        row("a bare address", "Contact: security@example.com\nExpires: 2027-01-31T00:00:00Z\n", u"bad_contact:low"_s);
        row("a contact without encryption", "Contact: http://example.com/\nExpires: 2027-01-31T00:00:00Z\n",
            u"bad_contact:low"_s);
        row("the app's page", "<!doctype html><title>Acme</title><p>Contact: us", u"info"_s);
        row("nothing", {}, u"info"_s);
    }

    void judges()
    {
        QFETCH(QByteArray, text);
        QTEST(said(judgeSecurityTxt({{at(200, kPlain, text)}}, kNow)), "expected");
    }

    void looksAtTheDelivery()
    {
        const QByteArray text = kContact + "Expires: 2027-01-31T00:00:00Z\n";
        QCOMPARE(said(judgeSecurityTxt({{at(200, "Content-Type: text/html", text)}}, kNow)), u"wrong_type:low"_s);
        QCOMPARE(said(judgeSecurityTxt({{at(200, kPlain, text, u"http://example.com/security.txt"_s)}}, kNow)),
                 u"not_https:low"_s);
    }

    void tellsWhereItIs()
    {
        const QByteArray text = kContact + "Expires: 2027-01-31T00:00:00Z\n";
        const Judged judged = judgeSecurityTxt({{at(404, {}, {}), at(200, kPlain, text)}}, kNow);
        QCOMPARE(judged.observed.value("place"_L1).toString(), u"root"_s);
        QCOMPARE(judged.observed.value("contacts"_L1).toArray().size(), 1);
    }

    void tellsAbsenceFromObstacles_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("not there") << 404 << QByteArray() << u"info"_s;
        QTest::newRow("storage that refuses what is not there") << 403 << QByteArray() << u"info"_s;
        QTest::newRow("a challenge") << 403 << QByteArray("cf-mitigated: challenge") << u"error"_s;
        QTest::newRow("too many questions") << 429 << QByteArray() << u"error"_s;
        QTest::newRow("a broken server") << 500 << QByteArray() << u"error"_s;
    }

    void tellsAbsenceFromObstacles()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        QTEST(said(judgeSecurityTxt({{at(status, headers, {})}}, kNow)), "expected");
    }
};

QTEST_GUILESS_MAIN(SecurityTxtTest)
#include "tst_securitytxt.moc"
