#include "models/hostname.h"
#include "models/publicsuffix.h"
#include "models/target.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "site example.com, www www.example.com:8443"
QString printed(const std::vector<Host> &hosts)
{
    QStringList list;
    for (const Host &host : hosts) {
        const QString port = host.httpsPort == kHttpsPort ? QString() : u":%1"_s.arg(host.httpsPort);
        list.append(toWord(host.role) + u' ' + host.name + port);
    }
    return list.join(u", "_s);
}

QString longName(qsizetype size)
{
    QString name = QString(63, u'a') + u'.' + QString(63, u'b') + u'.' + QString(63, u'c') + u'.';
    return name + QString(size - name.size() - 4, u'd') + u".com"_s;
}

} // namespace

class TestTarget : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void neverRepeatsPasswords();
    void normalisesHostNames_data();
    void normalisesHostNames();
    void guessesRoles_data();
    void guessesRoles();
    void findsRegistrableDomain_data();
    void findsRegistrableDomain();
    void knowsPublicSuffixes_data();
    void knowsPublicSuffixes();
    void findsWhatARegistryHas_data();
    void findsWhatARegistryHas();
    void knowsWhatIsBelow_data();
    void knowsWhatIsBelow();
    void displaysNames_data();
    void displaysNames();
};

void TestTarget::reads_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("hosts");
    const QString plain = u"site example.com, www www.example.com"_s;

    QTest::newRow("name") << u"example.com"_s << u"example.com"_s << plain;
    QTest::newRow("capitals") << u"EXAMPLE.Com"_s << u"example.com"_s << plain;
    QTest::newRow("blanks around") << u" \texample.com\n"_s << u"example.com"_s << plain;
    QTest::newRow("trailing dot") << u"example.com."_s << u"example.com"_s << plain;
    QTest::newRow("scheme") << u"https://example.com"_s << u"example.com"_s << plain;
    QTest::newRow("scheme in capitals") << u"HTTPS://example.com"_s << u"example.com"_s << plain;
    QTest::newRow("plain http") << u"http://example.com/"_s << u"example.com"_s << plain;
    QTest::newRow("plain http with its own port") << u"http://example.com:80/"_s << u"example.com"_s << plain;
    QTest::newRow("path, query and fragment") << u"https://example.com/a/b?c=d@e#f:g"_s << u"example.com"_s << plain;
    QTest::newRow("query without path") << u"example.com?x=1"_s << u"example.com"_s << plain;
    QTest::newRow("backslash path") << u"https://example.com\\login"_s << u"example.com"_s << plain;
    QTest::newRow("port") << u"example.com:8443"_s << u"example.com"_s
                          << u"site example.com:8443, www www.example.com"_s;
    QTest::newRow("scheme and port") << u"https://example.com:8443/x"_s << u"example.com"_s
                                     << u"site example.com:8443, www www.example.com"_s;
    QTest::newRow("first port") << u"example.com:1"_s << u"example.com"_s
                                << u"site example.com:1, www www.example.com"_s;
    QTest::newRow("last port") << u"example.com:65535"_s << u"example.com"_s
                               << u"site example.com:65535, www www.example.com"_s;
    QTest::newRow("empty port") << u"example.com:"_s << u"example.com"_s << plain;
    QTest::newRow("port and trailing dot")
        << u"example.com.:8443"_s << u"example.com"_s << u"site example.com:8443, www www.example.com"_s;
    QTest::newRow("www") << u"www.example.com"_s << u"example.com"_s << u"www www.example.com, site example.com"_s;
    QTest::newRow("app") << u"https://app.example.co.uk/login"_s << u"example.co.uk"_s
                         << u"app app.example.co.uk, site example.co.uk"_s;
    QTest::newRow("deep name") << u"a.b.example.com"_s << u"example.com"_s
                               << u"other a.b.example.com, site example.com"_s;
    QTest::newRow("international name") << u"bücher.example"_s << u"xn--bcher-kva.example"_s
                                        << u"site xn--bcher-kva.example, www www.xn--bcher-kva.example"_s;
    QTest::newRow("international name in capitals") << u"BÜCHER.example"_s << u"xn--bcher-kva.example"_s
                                                    << u"site xn--bcher-kva.example, www www.xn--bcher-kva.example"_s;
    QTest::newRow("A-label") << u"xn--bcher-kva.example"_s << u"xn--bcher-kva.example"_s
                             << u"site xn--bcher-kva.example, www www.xn--bcher-kva.example"_s;
    QTest::newRow("ideographic full stop")
        << u"例え。example"_s << u"xn--r8jz45g.example"_s << u"site xn--r8jz45g.example, www www.xn--r8jz45g.example"_s;
    QTest::newRow("reserved for tests") << u"acme.test"_s << u"acme.test"_s << u"site acme.test, www www.acme.test"_s;
    QTest::newRow("under localhost") << u"app.acme.localhost"_s << u"acme.localhost"_s
                                     << u"app app.acme.localhost, site acme.localhost"_s;
    QTest::newRow("hosting address") << u"acme.vercel.app"_s << u"acme.vercel.app"_s
                                     << u"site acme.vercel.app, www www.acme.vercel.app"_s;
    QTest::newRow("digits in the name") << u"365.example"_s << u"365.example"_s
                                        << u"site 365.example, www www.365.example"_s;
    QTest::newRow("own machine by name") << u"localhost:3000"_s << u"localhost"_s << u"site localhost:3000"_s;
    QTest::newRow("own machine by IPv4") << u"http://127.0.0.1:8443/"_s << u"127.0.0.1"_s << u"site 127.0.0.1:8443"_s;
    QTest::newRow("own machine by IPv6") << u"https://[::1]:8443/"_s << u"::1"_s << u"site ::1:8443"_s;
    QTest::newRow("own machine by bare IPv6") << u"::1"_s << u"::1"_s << u"site ::1"_s;
    QTest::newRow("label of 63") << QString(63, u'a') + u".com"_s << QString(63, u'a') + u".com"_s
                                 << u"site %1.com, www www.%1.com"_s.arg(QString(63, u'a'));
    QTest::newRow("name of 253") << longName(253) << longName(253).section(u'.', -2)
                                 << u"other %1, site %2"_s.arg(longName(253), longName(253).section(u'.', -2));
}

void TestTarget::reads()
{
    QFETCH(QString, typed);
    QFETCH(QString, domain);
    QFETCH(QString, hosts);
    const auto target = parseAddress(typed);
    QVERIFY2(target, qPrintable(target ? QString() : target.error().message));
    QCOMPARE(target->domain, domain);
    QCOMPARE(printed(target->hosts), hosts);
}

void TestTarget::refuses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QString() << u"Type the address"_s;
    QTest::newRow("only blanks") << u"   "_s << u"Type the address"_s;
    QTest::newRow("blank inside") << u"my product.com"_s << u"no spaces"_s;
    QTest::newRow("two names") << u"a.com b.com"_s << u"no spaces"_s;
    QTest::newRow("single label") << u"acme"_s << u"acme.com"_s;
    QTest::newRow("single label with scheme") << u"https://acme/"_s << u"only part of an address"_s;
    QTest::newRow("scheme alone") << u"https://"_s << u"example.com"_s;
    QTest::newRow("email address") << u"jo@example.com"_s << u"after the @: example.com"_s;
    QTest::newRow("mailto") << u"mailto:jo@example.com"_s << u"after the @: example.com"_s;
    QTest::newRow("user in a URL") << u"https://jo:pw@example.com/"_s << u"example.com"_s;
    QTest::newRow("name posing as a user") << u"https://bank.com@evil.example"_s << u"evil.example"_s;
    QTest::newRow("at sign alone") << u"@"_s << u"example.com"_s;
    QTest::newRow("javascript") << u"javascript:alert(1)"_s << u"javascript:"_s;
    QTest::newRow("data") << u"data:text/html,x"_s << u"data:"_s;
    QTest::newRow("ftp") << u"ftp://example.com/"_s << u"ftp:"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s << u"file:"_s;
    QTest::newRow("IPv4") << u"192.0.2.7"_s << u"IP address"_s;
    QTest::newRow("IPv4 with port and path") << u"http://192.0.2.7:8080/x"_s << u"IP address"_s;
    QTest::newRow("IPv4 as one number") << u"http://2130706433/"_s << u"IP address"_s;
    QTest::newRow("IPv4 in hex") << u"0x7f.1"_s << u"IP address"_s;
    QTest::newRow("IPv6") << u"https://[2001:db8::1]/"_s << u"IP address"_s;
    QTest::newRow("bare IPv6") << u"2001:db8::1"_s << u"IP address"_s;
    QTest::newRow("unclosed bracket") << u"https://[::1"_s << u"IP address"_s;
    QTest::newRow("port zero") << u"example.com:0"_s << u"1 to 65535"_s;
    QTest::newRow("port too large") << u"example.com:65536"_s << u"1 to 65535"_s;
    QTest::newRow("port with sign") << u"example.com:+443"_s << u"1 to 65535"_s;
    QTest::newRow("port of letters") << u"https://example.com:https"_s << u"1 to 65535"_s;
    QTest::newRow("empty label") << u"example..com"_s << u"two dots"_s;
    QTest::newRow("leading dot") << u".example.com"_s << u"two dots"_s;
    QTest::newRow("two trailing dots") << u"example.com.."_s << u"two dots"_s;
    QTest::newRow("label of 64") << QString(64, u'a') + u".com"_s << u"63"_s;
    QTest::newRow("name of 254") << longName(254) << u"253"_s;
    QTest::newRow("international label too long when encoded") << QString(60, u'ü') + u".com"_s << u"address"_s;
    QTest::newRow("underscore") << u"my_app.example.com"_s << u"underscore"_s;
    QTest::newRow("hyphen in front") << u"-a.example"_s << u"not an address"_s;
    QTest::newRow("hyphen behind") << u"a-.example"_s << u"not an address"_s;
    QTest::newRow("A-label that is none") << u"xn--a.example"_s << u"not an address"_s;
    QTest::newRow("punctuation") << u"exa!mple.com"_s << u"not an address"_s;
    QTest::newRow("nonsense") << u"%%%"_s << u"not an address"_s;
    QTest::newRow("right-to-left override") << u"exa\u202Emple.com"_s << u"cannot be seen"_s;
    QTest::newRow("control character") << u"exa\u0007mple.com"_s << u"cannot be seen"_s;
    QTest::newRow("a megabyte") << QString(1'000'000, u'a') << u"too long"_s;
}

void TestTarget::refuses()
{
    QFETCH(QString, typed);
    QFETCH(QString, says);
    const auto target = parseAddress(typed);
    QVERIFY(!target);
    QCOMPARE(target.error().kind, ErrorKind::BadInput);
    QVERIFY2(target.error().message.contains(says), qPrintable(target.error().message));
    QVERIFY(target.error().message.size() < 300);
}

void TestTarget::neverRepeatsPasswords()
{
    const QString message = parseAddress(u"https://jo:hunter2@example.com/"_s).error().message;
    QVERIFY2(!message.contains(u"hunter2"_s), qPrintable(message));
    QVERIFY2(!message.contains(u"jo:"_s), qPrintable(message));
}

void TestTarget::normalisesHostNames_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name"); // empty: refused
    QTest::newRow("capitals and dot") << u"App.Example.COM."_s << u"app.example.com"_s;
    QTest::newRow("international") << u"Straße.example"_s << u"xn--strae-oqa.example"_s;
    QTest::newRow("port") << u"example.com:8443"_s << QString();
    QTest::newRow("email") << u"a@example.com"_s << QString();
    QTest::newRow("single label") << u"mail"_s << QString();
}

void TestTarget::normalisesHostNames()
{
    QFETCH(QString, typed);
    QFETCH(QString, name);
    const auto result = normaliseHostName(typed);
    QCOMPARE(result.value_or(QString()), name);
}

void TestTarget::guessesRoles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<HostRole>("role");
    QTest::newRow("the domain") << u"example.com"_s << HostRole::Site;
    QTest::newRow("www") << u"www.example.com"_s << HostRole::Www;
    QTest::newRow("app") << u"app.example.com"_s << HostRole::App;
    QTest::newRow("api") << u"api.example.com"_s << HostRole::Api;
    QTest::newRow("api with version") << u"api-v2.example.com"_s << HostRole::Api;
    QTest::newRow("numbered mail host") << u"mx1.example.com"_s << HostRole::Mail;
    QTest::newRow("admin") << u"admin.example.com"_s << HostRole::Admin;
    QTest::newRow("sign-in") << u"login.example.com"_s << HostRole::Auth;
    QTest::newRow("portal") << u"clients.example.com"_s << HostRole::Portal;
    QTest::newRow("begins like app") << u"apple.example.com"_s << HostRole::Other;
    QTest::newRow("digits alone") << u"42.example.com"_s << HostRole::Other;
}

void TestTarget::guessesRoles()
{
    QFETCH(QString, name);
    QTEST(roleFromName(name, u"example.com"_s), "role");
}

void TestTarget::findsRegistrableDomain_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("domain");
    QTest::newRow("itself") << u"example.com"_s << u"example.com"_s;
    QTest::newRow("below") << u"a.b.example.com"_s << u"example.com"_s;
    QTest::newRow("two-level suffix") << u"a.example.co.uk"_s << u"example.co.uk"_s;
    QTest::newRow("public suffix") << u"co.uk"_s << u"co.uk"_s;
    QTest::newRow("private suffix") << u"x.acme.github.io"_s << u"acme.github.io"_s;
    QTest::newRow("unknown ending") << u"a.b.acme.test"_s << u"acme.test"_s;
    QTest::newRow("own machine") << u"127.0.0.1"_s << u"127.0.0.1"_s;
    QTest::newRow("localhost") << u"localhost"_s << u"localhost"_s;
}

void TestTarget::findsRegistrableDomain()
{
    QFETCH(QString, name);
    QTEST(registrableDomain(name), "domain");
}

void TestTarget::knowsPublicSuffixes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("expected");
    QTest::newRow("an ending") << u"com"_s << true;
    QTest::newRow("of two levels") << u"co.uk"_s << true;
    QTest::newRow("a company's") << u"github.io"_s << true;
    QTest::newRow("a domain") << u"example.com"_s << false;
    QTest::newRow("below a domain") << u"a.example.co.uk"_s << false;
    QTest::newRow("below a company's") << u"acme.github.io"_s << false;
}

void TestTarget::knowsPublicSuffixes()
{
    QFETCH(QString, name);
    QTEST(isPublicSuffix(name), "expected");
}

void TestTarget::findsWhatARegistryHas_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("domain");
    QTest::newRow("itself") << u"example.com"_s << u"example.com"_s;
    QTest::newRow("below") << u"a.b.example.com"_s << u"example.com"_s;
    QTest::newRow("two-level suffix") << u"a.example.co.uk"_s << u"example.co.uk"_s;
    QTest::newRow("a company's customers") << u"x.acme.github.io"_s << u"github.io"_s;
    QTest::newRow("a company with a long suffix") << u"acme.s3.amazonaws.com"_s << u"amazonaws.com"_s;
    QTest::newRow("a suffix") << u"co.uk"_s << QString();
    QTest::newRow("one label") << u"com"_s << QString();
    QTest::newRow("unknown ending") << u"a.b.acme.test"_s << u"acme.test"_s;
    QTest::newRow("own machine") << u"127.0.0.1"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestTarget::findsWhatARegistryHas()
{
    QFETCH(QString, name);
    QTEST(registryDomain(name), "domain");
}

void TestTarget::knowsWhatIsBelow_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("below");
    QTest::addColumn<bool>("within");
    QTest::newRow("the domain itself") << u"example.com"_s << false << true;
    QTest::newRow("a name below it") << u"app.example.com"_s << true << true;
    QTest::newRow("far below it") << u"a.b.c.example.com"_s << true << true;
    QTest::newRow("what ends alike") << u"badexample.com"_s << false << false;
    QTest::newRow("above it") << u"com"_s << false << false;
    QTest::newRow("what begins alike") << u"example.com.evil.test"_s << false << false;
    QTest::newRow("nothing") << QString() << false << false;
}

void TestTarget::knowsWhatIsBelow()
{
    QFETCH(QString, name);
    QTEST(isBelow(name, u"example.com"_s), "below");
    QTEST(isWithin(name, u"example.com"_s), "within");
}

void TestTarget::displaysNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"example.com"_s << u"example.com"_s;
    QTest::newRow("Latin") << u"xn--bcher-kva.example"_s << u"bücher.example"_s;
    QTest::newRow("Japanese mixes scripts") << u"xn--r8jz45g.example"_s << u"例え.example"_s;
    QTest::newRow("Cyrillic") << u"xn--e1afmkfd.example"_s << u"пример.example"_s;
    QTest::newRow("Cyrillic posing as Latin") << u"xn--80ak6aa92e.com"_s << u"xn--80ak6aa92e.com"_s;
    QTest::newRow("Cyrillic a inside Latin") << u"xn--pple-43d.com"_s << u"xn--pple-43d.com"_s;
    QTest::newRow("broken A-label") << u"xn--a.example"_s << u"xn--a.example"_s;
}

void TestTarget::displaysNames()
{
    QFETCH(QString, name);
    QTEST(displayName(name), "shown");
}

QTEST_GUILESS_MAIN(TestTarget)
#include "tst_target.moc"
