#include "checks/tls/protocols.h"
#include "tests/checks/tls/tlslook.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestProtocols : public QObject
{
    Q_OBJECT

private slots:
    void judgesVersions_data()
    {
        QTest::addColumn<std::vector<TlsVersion>>("offered");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QStringList>("codes"); // with severity
        using enum TlsVersion;
        const auto row = [](const char *name, const std::vector<TlsVersion> &offered, Outcome outcome,
                            const QStringList &codes) { QTest::newRow(name) << offered << outcome << codes; };
        row("current ones", {Tls12, Tls13}, Outcome::Pass, {});
        row("only 1.2", {Tls12}, Outcome::Pass, {});
        row("only 1.3", {Tls13}, Outcome::Pass, {});
        row("1.1 too", {Tls11, Tls12, Tls13}, Outcome::Warn, {u"retired_versions medium"_s});
        row("1.0 and 1.1 too", {Tls10, Tls11, Tls12}, Outcome::Warn, {u"retired_versions medium"_s});
        row("SSL 3 too", {Ssl3, Tls12}, Outcome::Fail, {u"ssl3 high"_s});
        row("everything", {Ssl3, Tls10, Tls11, Tls12, Tls13}, Outcome::Fail,
            {u"ssl3 high"_s, u"retired_versions medium"_s});
        row("old ones only", {Tls10, Tls11}, Outcome::Fail,
            {u"no_current_version critical"_s, u"retired_versions medium"_s});
        row("SSL 3 only", {Ssl3}, Outcome::Fail, {u"no_current_version critical"_s, u"ssl3 high"_s});
        row("none: something else is wrong", {}, Outcome::Error, {});
    }
    void judgesVersions()
    {
        QFETCH(std::vector<TlsVersion>, offered);
        PreparedLook look;
        look.session(goodSession());
        look.versions(offered);
        const Judged judged = look.at(tlsProtocols());
        QTEST(judged.outcome, "outcome");
        QStringList codes;
        for (const Finding &finding : judged.findings)
            codes += finding.code + u' ' + toWord(finding.severity);
        QTEST(codes, "codes");
    }

    void findsUnsafeRenegotiation()
    {
        PreparedLook look;
        TlsSession session = goodSession();
        session.version = TlsVersion::Tls12;
        session.renegotiatesSafely = false;
        look.session(session);
        look.versions(std::vector{TlsVersion::Tls12});
        const Judged judged = look.at(tlsProtocols());
        QCOMPARE(codesOf(judged), QStringList{u"unsafe_renegotiation high"_s});
        QCOMPARE(judged.observed[u"safe_renegotiation"_s], QJsonValue(false));
    }

    void writesTheVersionsDown()
    {
        const std::vector offered{TlsVersion::Tls12, TlsVersion::Tls13};
        const Judged judged = judgeProtocols({HostRole::Site, u"shop.example"_s, kHttpsPort}, offered);
        QCOMPARE(judged.observed[u"protocols"_s].toArray(), QJsonArray({u"TLS 1.2"_s, u"TLS 1.3"_s}));
    }

    void writesTheGroupsDown_data()
    {
        QTest::addColumn<std::vector<TlsVersion>>("offered");
        QTest::addColumn<int>("first"); // of the groups that are asked for; -1: they could not be looked at
        QTest::addColumn<QJsonValue>("postQuantum");
        QTest::addColumn<int>("count");
        const std::vector both{TlsVersion::Tls12, TlsVersion::Tls13};
        QTest::newRow("with a hybrid") << both << 0 << QJsonValue(true) << 6;
        QTest::newRow("curves alone") << both << 2 << QJsonValue(false) << 4;
        QTest::newRow("could not look") << both << -1 << QJsonValue() << 0;
        QTest::newRow("no TLS 1.3") << std::vector{TlsVersion::Tls12} << 0 << QJsonValue() << 0;
    }
    void writesTheGroupsDown()
    {
        QFETCH(std::vector<TlsVersion>, offered);
        QFETCH(int, first);
        QFETCH(int, count);
        PreparedLook look;
        TlsSession session = goodSession();
        session.alpn = "h2";
        look.session(session);
        look.versions(offered);
        if (first < 0)
            look.groups(failure(ErrorKind::TimedOut, u"silent"_s));
        else
            look.groups(std::vector<TlsGroup>(askedGroups().begin() + first, askedGroups().end()));
        const Judged judged = look.at(tlsProtocols());
        QCOMPARE(judged.outcome, Outcome::Pass);
        QTEST(judged.observed[u"post_quantum"_s], "postQuantum");
        QCOMPARE(judged.observed[u"groups"_s].toArray().size(), count);
        QCOMPARE(judged.observed[u"groups_problem"_s].toString(), first < 0 ? u"silent"_s : QString());
        QCOMPARE(judged.observed[u"alpn"_s].toString(), u"h2"_s);
        QCOMPARE(judged.summary.contains(u"quantum"_s), first == 0 && count > 0);
    }

    void couldNotLookAtASilentHost()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::TimedOut, u"silent"_s));
        look.versions(failure(ErrorKind::TimedOut, u"silent"_s));
        QCOMPARE(look.at(tlsProtocols()).outcome, Outcome::Error);
    }
};

QTEST_GUILESS_MAIN(TestProtocols)
#include "tst_protocols.moc"
