// The records that the generators make out of what stands there and what somebody wants.
#include "checks/mail/dkimdraft.h"
#include "checks/mail/dkimkey.h"
#include "checks/mail/dmarcdraft.h"
#include "checks/mail/spfdraft.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// A 2048-bit RSA key and the 1024-bit one beside it, public halves only.
const QString kKey = u"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA29Eo74WxVM20mdz6HqIuBK+zRh5A49uPIXtFqwecpOuBH6"
                     u"xl4UnglVSBr6dx/2igyp2ospGs5seOqjrxJqhvqPlcQ2GPXA47SykzBbq/gkxl1dPz6r1FLUzvTVIQsNw9CUy2xqwD"
                     u"F34fZbRBD+y9wdV9wlS09qKn3qm+wRWeFntk3OchbxeMrbB/mhySyeE6Fym0EmzGWRMcIHni59WRFhp1HBsbhlUAin"
                     u"qDh7NrB+hqsi4KiTHiuaIFK20Ec2x3rgc/DC6NC2aULPgQOYTqKBuFQtK21XiUlN/4FfUUgAlAp1myMVRtTNdOguT3"
                     u"uVqy+sJNDyjtA/q4L/8kmbEllwIDAQAB"_s;
const QString kWeakKey = u"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC/5RDwHz1sGB1cZ9ThBy62nBBgioOsDJk1IOTpsIHOiPxvJc+ZgE"
                         u"U18/oUjMylxLvSqMVwExJH7RWcXTui5+6XgZh0T5MZBzevjl5cceP9hCpMQxCWK0K/n4EGrV4jE6Zj/VGes47Htb0s"
                         u"K4BgEWaTQBGev2g9IYXfWZMjSXDo4wIDAQAB"_s;

// "change warning", in the order of the weights, without repetitions.
QString weightsOf(const RecordDraft &draft)
{
    QStringList words;
    const std::pair<NoteWeight, QString> names[] = {{NoteWeight::Change, u"change"_s},
                                                    {NoteWeight::Advice, u"advice"_s},
                                                    {NoteWeight::Warning, u"warning"_s},
                                                    {NoteWeight::Problem, u"problem"_s}};
    for (const auto &[weight, name] : names) {
        if (std::ranges::find(draft.notes, weight, &DraftNote::weight) != draft.notes.end())
            words << name;
    }
    return words.join(u' ');
}

std::vector<QByteArray> bytesOf(const QStringList &texts)
{
    std::vector<QByteArray> bytes;
    for (const QString &text : texts)
        bytes.push_back(text.toLatin1());
    return bytes;
}

} // namespace

class DraftsTest : public QObject
{
    Q_OBJECT

private slots:
    void draftsSpf_data();
    void draftsSpf();
    void knowsWhenNothingIsToDo();
    void draftsDmarc_data();
    void draftsDmarc();
    void draftsDkim_data();
    void draftsDkim();
    void seesTheAlias_data();
    void seesTheAlias();
    void namesTheSelector_data();
    void namesTheSelector();
};

void DraftsTest::draftsSpf_data()
{
    QTest::addColumn<QStringList>("published");
    QTest::addColumn<QStringList>("add");
    QTest::addColumn<QStringList>("remove");
    QTest::addColumn<QString>("corrected");
    QTest::addColumn<QString>("weights");
    const auto row = [](const char *name, const QStringList &published, const QStringList &add,
                        const QStringList &remove, const QString &corrected, const QString &weights) {
        QTest::newRow(name) << published << add << remove << corrected << weights;
    };
    row("none, nobody sends", {}, {}, {}, u"v=spf1 -all"_s, u"advice"_s);
    row("none, a service", {}, {u"a.example"_s}, {}, u"v=spf1 include:a.example ~all"_s, u"change"_s);
    row("in order", {u"v=spf1 mx -all"_s}, {}, {}, u"v=spf1 mx -all"_s, {});
    row("silent", {u"v=spf1 -all"_s}, {}, {}, u"v=spf1 -all"_s, {});
    row("one more", {u"v=spf1 mx ~all"_s}, {u"a.example"_s}, {}, u"v=spf1 mx include:a.example ~all"_s, u"change"_s);
    row("it is there already", {u"v=spf1 Include:A.example ~all"_s}, {u"a.example"_s}, {},
        u"v=spf1 Include:A.example ~all"_s, {});
    row("one less", {u"v=spf1 mx include:a.example ~all"_s}, {}, {u"A.example"_s}, u"v=spf1 mx ~all"_s, u"change"_s);
    row("not there", {u"v=spf1 mx ~all"_s}, {}, {u"a.example"_s}, u"v=spf1 mx ~all"_s, {});
    row("the last one goes", {u"v=spf1 include:a.example ~all"_s}, {}, {u"a.example"_s}, u"v=spf1 -all"_s,
        u"change advice"_s);
    row("swapped", {u"v=spf1 include:a.example -all"_s}, {u"b.example"_s}, {u"a.example"_s},
        u"v=spf1 include:b.example -all"_s, u"change"_s);
    row("two records", {u"v=spf1 mx ~all"_s, u"v=spf1 include:a.example -all"_s}, {}, {},
        u"v=spf1 mx include:a.example ~all"_s, u"change"_s);
    row("two records, one redirects", {u"v=spf1 mx ~all"_s, u"v=spf1 redirect=a.example"_s}, {}, {}, {}, u"problem"_s);
    row("a mistake", {u"v=spf1 include=a.example; ip:192.0.2.1 ~ all"_s}, {}, {},
        u"v=spf1 include:a.example ip4:192.0.2.1 ~all"_s, u"change"_s);
    row("beyond repair", {u"v=spf1 foo:bar -all"_s}, {}, {}, {}, u"problem"_s);
    row("ptr", {u"v=spf1 mx ptr -all"_s}, {}, {}, u"v=spf1 mx -all"_s, u"change"_s);
    row("twice", {u"v=spf1 mx MX -all"_s}, {}, {}, u"v=spf1 mx -all"_s, u"change"_s);
    row("behind the end", {u"v=spf1 -all include:a.example"_s}, {}, {}, u"v=spf1 include:a.example -all"_s,
        u"change"_s);
    row("everybody", {u"v=spf1 mx +all"_s}, {}, {}, u"v=spf1 mx ~all"_s, u"change"_s);
    row("neutral", {u"v=spf1 mx ?all"_s}, {}, {}, u"v=spf1 mx ~all"_s, u"change"_s);
    row("no end", {u"v=spf1 mx"_s}, {}, {}, u"v=spf1 mx ~all"_s, u"change"_s);
    row("redirect", {u"v=spf1 redirect=a.example"_s}, {}, {}, u"v=spf1 redirect=a.example"_s, {});
    row("redirect and one more", {u"v=spf1 redirect=a.example"_s}, {u"b.example"_s}, {},
        u"v=spf1 include:b.example redirect=a.example"_s, u"change"_s);
    row("redirect gone", {u"v=spf1 mx redirect=a.example"_s}, {}, {u"a.example"_s}, u"v=spf1 mx ~all"_s, u"change"_s);
    row("redirect beside all", {u"v=spf1 mx -all redirect=a.example"_s}, {}, {}, u"v=spf1 mx -all"_s, u"change"_s);
    row("explanation", {u"v=spf1 mx -all exp=why.example.com"_s}, {u"a.example"_s}, {},
        u"v=spf1 mx include:a.example -all exp=why.example.com"_s, u"change"_s);
    row("qualifiers stay", {u"v=spf1 ~include:a.example ?mx -all"_s}, {}, {}, u"v=spf1 ~include:a.example ?mx -all"_s,
        {});
    row("a name that is none", {u"v=spf1 mx -all"_s}, {u"no name"_s}, {}, {}, u"change problem"_s);
    QStringList many{u"v=spf1"_s};
    for (int i = 100; i < 122; ++i)
        many << u"ip4:192.0.2.%1"_s.arg(i);
    const QString long320 = many.join(u' ') + u" -all"_s;
    row("more than one string", {long320}, {}, {}, long320, u"advice"_s);
    QString longer = u"v=spf1"_s;
    for (int i = 100; i < 135; ++i)
        longer += u" ip4:192.0.2.%1"_s.arg(i);
    row("too long", {longer + u" -all"_s}, {}, {}, longer + u" -all"_s, u"warning"_s);
}

void DraftsTest::draftsSpf()
{
    QFETCH(QStringList, published);
    QFETCH(QStringList, add);
    QFETCH(QStringList, remove);
    const RecordDraft draft = draftSpf(u"example.com"_s, bytesOf(published), {.add = add, .remove = remove});
    QTEST(draft.corrected, "corrected");
    QTEST(weightsOf(draft), "weights");
    QCOMPARE(draft.today, published);
    QCOMPARE(draft.name, u"example.com"_s);
}

void DraftsTest::knowsWhenNothingIsToDo()
{
    QVERIFY(draftSpf(u"example.com"_s, {"v=spf1 mx -all"}, {}).isInPlace());
    QVERIFY(!draftSpf(u"example.com"_s, {"v=spf1 mx"}, {}).isInPlace());
    QVERIFY(!draftSpf(u"example.com"_s, {}, {}).isInPlace());
    QVERIFY(!draftSpf(u"example.com"_s, {"v=spf1 mx -all", "v=spf1 mx -all"}, {}).isInPlace());
    QCOMPARE(draftSpf(u"example.com"_s, {"v=spf1 mx ~all"}, {.ending = u"-all"_s}).corrected, u"v=spf1 mx -all"_s);
}

void DraftsTest::draftsDmarc_data()
{
    QTest::addColumn<QStringList>("published");
    QTest::addColumn<DmarcWish>("wish");
    QTest::addColumn<QString>("corrected");
    QTest::addColumn<QString>("weights");
    const QStringList mine{u"r@example.com"_s};
    const DmarcWish watch{.reports = mine};
    const DmarcWish quarantine{.policy = DmarcPolicy::Quarantine, .reports = mine};
    QTest::newRow("first") << QStringList() << watch << u"v=DMARC1; p=none; np=reject; rua=mailto:r@example.com"_s
                           << QString();
    QTest::newRow("without reports") << QStringList() << DmarcWish{} << u"v=DMARC1; p=none; np=reject"_s << u"advice"_s;
    QTest::newRow("next") << QStringList{u"v=DMARC1; p=none; rua=mailto:a@example.com"_s}
                          << DmarcWish{.policy = DmarcPolicy::Quarantine}
                          << u"v=DMARC1; p=quarantine; np=reject; rua=mailto:a@example.com"_s << QString();
    QTest::newRow("in test") << QStringList()
                             << DmarcWish{.policy = DmarcPolicy::Quarantine, .isTest = true, .reports = mine}
                             << u"v=DMARC1; p=quarantine; np=reject; t=y; rua=mailto:r@example.com"_s << u"advice"_s;
    QTest::newRow("none has no test") << QStringList() << DmarcWish{.isTest = true, .reports = mine}
                                      << u"v=DMARC1; p=none; np=reject; rua=mailto:r@example.com"_s << QString();
    QTest::newRow("reject") << QStringList() << DmarcWish{.policy = DmarcPolicy::Reject, .reports = mine}
                            << u"v=DMARC1; p=reject; np=reject; rua=mailto:r@example.com"_s << u"advice"_s;
    QTest::newRow("np not said") << QStringList()
                                 << DmarcWish{.policy = DmarcPolicy::Quarantine,
                                              .nonexistentPolicy = {},
                                              .reports = mine}
                                 << u"v=DMARC1; p=quarantine; rua=mailto:r@example.com"_s << QString();
    QTest::newRow("what stands beside is kept")
        << QStringList{u"v=DMARC1; p=none; sp=quarantine; adkim=s; aspf=s; psd=n; ruf=mailto:f@example.com; fo=1"_s}
        << quarantine
        << u"v=DMARC1; p=quarantine; sp=quarantine; np=reject; adkim=s; aspf=s; psd=n; ruf=mailto:f@example.com; "_s +
               u"fo=1; rua=mailto:r@example.com"_s
        << QString();
    QTest::newRow("open subdomains") << QStringList{u"v=DMARC1; p=none; sp=none"_s} << quarantine
                                     << u"v=DMARC1; p=quarantine; np=reject; rua=mailto:r@example.com"_s << u"change"_s;
    QTest::newRow("open subdomains while watching")
        << QStringList{u"v=DMARC1; p=none; sp=none"_s} << watch
        << u"v=DMARC1; p=none; sp=none; np=reject; rua=mailto:r@example.com"_s << QString();
    QTest::newRow("removed tags") << QStringList{u"v=DMARC1; p=none; pct=50; ri=86400"_s} << watch
                                  << u"v=DMARC1; p=none; np=reject; rua=mailto:r@example.com"_s << u"change"_s;
    QTest::newRow("psd=y") << QStringList{u"v=DMARC1; p=none; psd=y"_s} << watch
                           << u"v=DMARC1; p=none; np=reject; rua=mailto:r@example.com"_s << u"change"_s;
    QTest::newRow("two records") << QStringList{u"v=DMARC1; p=none; rua=mailto:a@example.com"_s,
                                                u"v=DMARC1; p=reject; rua=mailto:b@example.com"_s}
                                 << DmarcWish{}
                                 << u"v=DMARC1; p=none; np=reject; rua=mailto:a@example.com,mailto:b@example.com"_s
                                 << u"change"_s;
    QTest::newRow("unusable") << QStringList{u"v=dmarc1; p=none"_s} << watch
                              << u"v=DMARC1; p=none; np=reject; rua=mailto:r@example.com"_s << u"change"_s;
    QTest::newRow("reports elsewhere") << QStringList() << DmarcWish{.reports = {u"mailto:r@reports.example.net"_s}}
                                       << u"v=DMARC1; p=none; np=reject; rua=mailto:r@reports.example.net"_s
                                       << u"advice"_s;
    QTest::newRow("reports to a subdomain")
        << QStringList() << DmarcWish{.reports = {u"r@mail.example.com"_s}}
        << u"v=DMARC1; p=none; np=reject; rua=mailto:r@mail.example.com"_s << QString();
    for (const QString &bad :
         {u"nobody"_s, u"a@b"_s, u"a;b@example.com"_s, u"a@example.com, b@example.com"_s, u"a b@example.com"_s})
        QTest::newRow(qPrintable(u"no address: "_s + bad))
            << QStringList() << DmarcWish{.reports = {bad}} << QString() << u"advice problem"_s;
}

void DraftsTest::draftsDmarc()
{
    QFETCH(QStringList, published);
    QFETCH(DmarcWish, wish);
    const RecordDraft draft = draftDmarc(u"example.com"_s, bytesOf(published), wish);
    QTEST(draft.corrected, "corrected");
    QTEST(weightsOf(draft), "weights");
    QCOMPARE(draft.name, u"_dmarc.example.com"_s);
    QVERIFY(draft.corrected.isEmpty() || parseDmarc(draft.corrected.toLatin1()));
}

void DraftsTest::draftsDkim_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("corrected");
    QTest::addColumn<QString>("weights");
    const QString good = u"v=DKIM1; k=rsa; p="_s + kKey;
    const QString half = kKey.left(100);
    const QString rest = kKey.mid(100);
    const auto row = [](const char *name, const QString &pasted, const QString &type, const QString &corrected,
                        const QString &weights) { QTest::newRow(name) << pasted << type << corrected << weights; };
    row("as it should be", good, u"TXT"_s, good, u"advice"_s);
    row("in quotation marks", u'"' + good + u'"', u"TXT"_s, good, u"change advice"_s);
    row("in two strings", u"\"v=DKIM1; k=rsa; p="_s + half + u"\" \""_s + rest + u'"', u"TXT"_s, good,
        u"change advice"_s);
    row("in two strings on two lines", u"\"v=DKIM1; k=rsa; \"\n\t\"p="_s + kKey + u'"', u"TXT"_s, good,
        u"change advice"_s);
    row("typographic quotation marks", QChar(0x201c) + good + QChar(0x201d), u"TXT"_s, good, u"change advice"_s);
    row("a zone file line",
        u"s1._domainkey.example.com. 3600 IN TXT ( \"v=DKIM1; k=rsa; \"\n  \"p="_s + kKey + u"\" )  ; a comment"_s,
        u"TXT"_s, good, u"change advice"_s);
    row("semicolons escaped", u"v=DKIM1\\; k=rsa\\; p="_s + kKey, u"TXT"_s, good, u"change advice"_s);
    row("line breaks in the key", u"v=DKIM1; k=rsa; p="_s + half + u"\r\n   "_s + rest, u"TXT"_s, good,
        u"change advice"_s);
    row("the key alone", kKey, u"TXT"_s, good, u"change advice"_s);
    row("the key in a file",
        u"-----BEGIN PUBLIC KEY-----\n"_s + half + u'\n' + rest + u"\n-----END PUBLIC KEY-----\n"_s, u"TXT"_s, good,
        u"change advice"_s);
    row("the beginning twice", u"v=DKIM1; k=rsa; p="_s + good, u"TXT"_s, good, u"change advice"_s);
    row("no blanks, closing semicolon", u"v=DKIM1;k=rsa;p="_s + kKey + u';', u"TXT"_s, good, u"advice"_s);
    row("weak", u"v=DKIM1; p="_s + kWeakKey, u"TXT"_s, u"v=DKIM1; p="_s + kWeakKey, u"warning"_s);
    row("in test", u"v=DKIM1; t=y; p="_s + kKey, u"TXT"_s, u"v=DKIM1; t=y; p="_s + kKey, u"advice warning"_s);
    row("withdrawn", u"v=DKIM1; p="_s, u"TXT"_s, u"v=DKIM1; p="_s, u"warning"_s);
    row("cut off", good.chopped(20), u"TXT"_s, {}, u"problem"_s);
    row("cut off and in test", u"v=DKIM1; t=y; p="_s + half, u"TXT"_s, {}, u"warning problem"_s);
    row("no key", u"v=DKIM1; k=rsa"_s, u"TXT"_s, {}, u"problem"_s);
    row("something else", u"v=spf1 -all"_s, u"TXT"_s, {}, u"problem"_s);
    row("nothing", u"  "_s, u"TXT"_s, {}, u"problem"_s);
    row("private", u"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"_s, u"TXT"_s, {}, u"problem"_s);
    row("an alias", u"s1.domainkey.u123.wl4.sendgrid.net"_s, u"CNAME"_s, u"s1.domainkey.u123.wl4.sendgrid.net"_s, {});
    row("an alias with its dot", u" S1.domainkey.u123.wl4.sendgrid.net. "_s, u"CNAME"_s,
        u"s1.domainkey.u123.wl4.sendgrid.net"_s, {});
    row("an alias as a line", u"s1._domainkey CNAME s1.example.net"_s, u"CNAME"_s, u"s1.example.net"_s, {});
    row("an alias to itself", u"s1._domainkey.example.com"_s, u"CNAME"_s, {}, u"problem"_s);
}

void DraftsTest::draftsDkim()
{
    QFETCH(QString, pasted);
    const RecordDraft draft = draftDkim(u"example.com"_s, {}, {.selector = u"s1"_s, .pasted = pasted});
    QTEST(draft.type, "type");
    QTEST(draft.corrected, "corrected");
    QTEST(weightsOf(draft), "weights");
    QCOMPARE(draft.name, u"s1._domainkey.example.com"_s);
}

void DraftsTest::seesTheAlias_data()
{
    QTest::addColumn<NameToday>("published");
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QStringList>("today");
    QTest::addColumn<bool>("isInPlace");
    QTest::addColumn<QString>("weights");
    const QString target = u"s1.example.net"_s;
    const QString key = u"v=DKIM1; k=rsa; p="_s + kKey;
    const QStringList keyAlone{key};
    const auto row = [](const char *name, const NameToday &published, const QString &pasted, const QStringList &today,
                        bool isInPlace, const QString &weights) {
        QTest::newRow(name) << published << pasted << today << isInPlace << weights;
    };
    row("the alias, a key behind it", {keyAlone, target}, target, {target}, true, {});
    row("the alias, written otherwise", {keyAlone, u"S1.Example.net."_s}, target, {target}, true, {});
    row("the alias, nothing behind it", {{}, target}, target, {target}, true, u"warning"_s);
    row("another alias", {keyAlone, u"s2.example.net"_s}, target, {u"s2.example.net"_s}, false, {});
    row("a text where an alias should be", {keyAlone, {}}, target, keyAlone, false, u"warning"_s);
    row("nothing where an alias should be", {}, target, {}, false, {});
    row("the text, behind an alias", {keyAlone, target}, key, keyAlone, true, u"advice"_s);
    row("an alias where a text should be", {{}, target}, key, {}, false, u"advice warning"_s);
    row("the text itself", {keyAlone, {}}, key, keyAlone, true, u"advice"_s);
}

void DraftsTest::seesTheAlias()
{
    QFETCH(NameToday, published);
    QFETCH(QString, pasted);
    const RecordDraft draft = draftDkim(u"example.com"_s, published, {.selector = u"s1"_s, .pasted = pasted});
    QTEST(draft.today, "today");
    QTEST(draft.isInPlace(), "isInPlace");
    QTEST(weightsOf(draft), "weights");
}

void DraftsTest::namesTheSelector_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("name");
    const QString s1 = u"s1._domainkey.example.com"_s;
    QTest::newRow("a word") << u"s1"_s << QString() << s1;
    QTest::newRow("in capitals") << u" S1 "_s << QString() << s1;
    QTest::newRow("with the mark") << u"s1._domainkey"_s << QString() << s1;
    QTest::newRow("whole") << u"s1._domainkey.example.com."_s << QString() << s1;
    QTest::newRow("of another domain") << u"s1._domainkey.example.net"_s << QString() << s1;
    QTest::newRow("of a subdomain") << u"s1._domainkey.mail.example.com"_s << QString() << s1;
    QTest::newRow("out of the line") << QString() << u"k2._domainkey IN TXT \"v=DKIM1; p=\""_s
                                     << u"k2._domainkey.example.com"_s;
    QTest::newRow("typed before the line's") << u"s1"_s << u"k2._domainkey IN TXT \"v=DKIM1; p=\""_s << s1;
    QTest::newRow("two labels") << u"a.b"_s << QString() << u"a.b._domainkey.example.com"_s;
    QTest::newRow("nothing") << QString() << u"v=DKIM1; p="_s << QString();
}

void DraftsTest::namesTheSelector()
{
    QFETCH(QString, selector);
    QFETCH(QString, pasted);
    QTEST(dkimNameOf(u"example.com"_s, {selector, pasted}), "name");
}

QTEST_GUILESS_MAIN(DraftsTest)
#include "tst_drafts.moc"
