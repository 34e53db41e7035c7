#include "checks/web/altservices.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "h3 :443 ma=86400", "persist" behind it; members apart by "; ", "broken" and "clear" at the end.
QString told(const AltServices &all)
{
    QStringList words;
    for (const AltService &service : all.services) {
        QString word = QString::fromLatin1(service.protocol) + u' ' + service.host + u':' +
                       QString::number(service.port) + u" ma="_s + QString::number(service.maxAge);
        words << (service.persists ? word + u" persist"_s : word);
    }
    if (all.isBroken)
        words << u"broken"_s;
    if (all.clears)
        words << u"clear"_s;
    return words.join(u"; "_s);
}

} // namespace

class AltServicesTest : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArrayList &lines, const QString &expected) {
            QTest::newRow(name) << lines << expected;
        };
        row("none", {}, {});
        row("the same host", {R"(h3=":443"; ma=3600)"}, u"h3 :443 ma=3600"_s);
        row("a day without a life", {R"(h2=":8443")"}, u"h2 :8443 ma=86400"_s);
        row("another host", {R"(h2="Alt.Example.COM:443")"}, u"h2 alt.example.com:443 ma=86400"_s);
        row("several", {R"(h3=":443"; ma=1, h3-29=":443" ;ma=2)", R"(h2="a.example:80")"},
            u"h3 :443 ma=1; h3-29 :443 ma=2; h2 a.example:80 ma=86400"_s);
        row("no blanks", {R"(h3=":443";ma=5;persist=1,h2=":1")"}, u"h3 :443 ma=5 persist; h2 :1 ma=86400"_s);
        row("an address", {R"(h2="192.0.2.1:443", h2="[2001:DB8::1]:443")"},
            u"h2 192.0.2.1:443 ma=86400; h2 2001:db8::1:443 ma=86400"_s);
        row("a quoted life", {R"(h3=":443"; ma="7")"}, u"h3 :443 ma=7"_s);
        row("a life that fits no number", {R"(h3=":443"; ma=99999999999999999999)"}, u"h3 :443 ma=2147483648"_s);
        row("a life that is no number", {R"(h3=":443"; ma=soon)"}, u"h3 :443 ma=86400"_s);
        row("persist with another value", {R"(h3=":443"; persist=2)"}, u"h3 :443 ma=86400"_s);
        row("unknown parameters", {R"(h3=":443"; v="46,43"; ma=9)"}, u"h3 :443 ma=9"_s);
        row("an encoded name", {R"(w%3Dx%3Ay=":80")"}, u"w=x:y :80 ma=86400"_s);
        row("an escaped authority", {R"(h2="a\.example:80")"}, u"h2 a.example:80 ma=86400"_s);
        row("clear", {"clear"}, u"clear"_s);
        row("clear beside others", {"clear", R"(h3=":443")"}, u"clear"_s);
        row("clear in one line with others", {R"(h3="192.0.2.7:443", clear)"}, u"clear"_s);
        row("clear in front of others", {R"(clear ,h3=":443")"}, u"clear"_s);
        row("a service of that name", {R"(clear=":443")"}, u"clear :443 ma=86400"_s);
        row("clear and a word", {R"(clear now, h2=":443")"}, u"h2 :443 ma=86400; broken"_s);
        row("clear in capitals is no word", {"CLEAR"}, u"broken"_s);
        row("empty members", {R"(, ,h3=":443",,)"}, u"h3 :443 ma=86400"_s);
        row("no quotes", {R"(h3=:443, h2=":443")"}, u"h2 :443 ma=86400; broken"_s);
        row("no port", {R"(h3="example.com", h2=":443")"}, u"h2 :443 ma=86400; broken"_s);
        row("port 0", {R"(h3=":0")"}, u"broken"_s);
        row("port 65535", {R"(h3=":65535")"}, u"h3 :65535 ma=86400"_s);
        row("port 65536", {R"(h3=":65536")"}, u"broken"_s);
        row("a host that is none", {R"(h3="a b:443")"}, u"broken"_s);
        row("a comma in a broken member", {R"(h3="a,b", h2=":443")"}, u"h2 :443 ma=86400; broken"_s);
        row("words behind a member", {R"(h3=":443" x, h2=":443")"}, u"h2 :443 ma=86400; broken"_s);
        row("a quote that never ends", {R"(h3=":443)"}, u"broken"_s);
        row("an escape at the end", {R"(h3=":443\)"}, u"broken"_s);
        row("a parameter without a value", {R"(h3=":443"; ma=, h2=":1")"}, u"h2 :1 ma=86400; broken"_s);
    }

    void reads()
    {
        QFETCH(QByteArrayList, lines);
        QTEST(told(parseAltServices({lines.begin(), lines.end()})), "expected");
    }

    void readsNoMoreThanAllowed()
    {
        const QByteArray many = QByteArray(R"(h3=":443",)").repeated(100'000);
        QCOMPARE(parseAltServices({many}).services.size(), kMostAltServices);
    }
};

QTEST_GUILESS_MAIN(AltServicesTest)
#include "tst_altservices.moc"
