// Names that an earlier look knew, asked for again while a source is missing.
#include "checks/dns/earliernames.h"
#include "lab/zonescript.h"
#include "models/unseen.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestEarlierNames : public QObject
{
    Q_OBJECT

private slots:
    void asksAgain_data();
    void asksAgain();
    void asksNobodyWhenAllIsHeard();
    void takesOutForGood();
    void staysWithinItsBounds();
};

namespace {

const QString kDomain = u"example.com"_s;

struct Again
{
    QStringList added; // to the name that was found
    QStringList unknown;
    int asked = 0;
};

Again ask(const QStringList &zone, const std::vector<EarlierName> &earlier, const QStringList &notes,
          bool isCut = false)
{
    const ScriptedDns server(zoneScript(zone));
    NetOptions options;
    options.resolvers = {server.address()};
    options.operationTimeout = std::chrono::milliseconds(600);
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    FoundNames found{.notes = notes, .isCut = isCut};
    found.names = {{kDomain, kDomain, {NameSource::Project}, DnsAnswer(), std::nullopt}};
    Again again;
    again.unknown = askForEarlier(earlier, kDomain, found, seen);
    for (size_t i = 1; i < found.names.size(); ++i)
        again.added << found.names[i].name;
    again.asked = static_cast<int>(server.seen().size());
    return again;
}

} // namespace

void TestEarlierNames::asksAgain_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<EarlierName>("earlier");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isUnknown");
    const auto row = [](const char *name, const QStringList &zone, const EarlierName &earlier, bool isThere,
                        bool isUnknown) { QTest::newRow(name) << zone << earlier << isThere << isUnknown; };
    const EarlierName past{u"past.example.com"_s};
    const EarlierName wildcard{u"*.example.com"_s};
    row("an address", {u"past.example.com. 60 IN A 192.0.2.1"_s}, past, true, false);
    row("an alias to nothing", {u"past.example.com. 60 IN CNAME x.gone.test."_s}, past, true, false);
    row("another record", {u"past.example.com. 60 IN TXT \"x\""_s}, past, true, false);
    row("no such name", {}, past, false, false);
    row("silence", {u"past.example.com. SILENT"_s}, past, false, true);
    row("servers fail", {u"past.example.com. SERVFAIL"_s}, past, false, true);
    row("servers refuse", {u"past.example.com. REFUSED"_s}, past, false, true);
    row("the name that was found", {}, {kDomain}, false, false);
    row("of another domain", {u"past.example.net. 60 IN A 192.0.2.1"_s}, {u"past.example.net"_s}, false, false);
    row("taken out of the list", {u"past.example.com. 60 IN A 192.0.2.1"_s}, {past.name, {NameSource::Listed}}, false,
        false);
    row("taken out of the list, and in the logs", {u"past.example.com. 60 IN A 192.0.2.1"_s},
        {past.name, {NameSource::Listed, NameSource::CertificateSearch}}, true, false);
    row("a wildcard that is no more", {}, wildcard, false, false);
}

void TestEarlierNames::asksAgain()
{
    QFETCH(QStringList, zone);
    QFETCH(EarlierName, earlier);
    QFETCH(bool, isThere);
    QFETCH(bool, isUnknown);
    const Again again = ask(zone, {earlier}, {u"The logs are slow."_s});
    QCOMPARE(again.added, isThere ? QStringList{earlier.name} : QStringList());
    QCOMPARE(again.unknown, isUnknown ? QStringList{earlier.name} : QStringList());
}

void TestEarlierNames::asksNobodyWhenAllIsHeard()
{
    const QStringList zone{u"past.example.com. 60 IN A 192.0.2.1"_s};
    const EarlierName past{u"past.example.com"_s};
    const Again whole = ask(zone, {past}, {});
    QCOMPARE(whole.asked, 0);
    QVERIFY(whole.added.isEmpty() && whole.unknown.isEmpty());
    QCOMPARE(ask(zone, {past}, {}, true).added, QStringList{past.name});
}

// A name that was taken out of the list, and whose page had not come: it is mentioned twice.
void TestEarlierNames::takesOutForGood()
{
    const QStringList zone{u"past.example.com. 60 IN A 192.0.2.1"_s};
    const auto before = [](const QString &source) {
        const QJsonObject listed{{u"name"_s, u"past.example.com"_s}, {u"learnt_from"_s, QJsonArray{source}}};
        QJsonObject observed{{u"names"_s, QJsonArray{listed}}};
        noteUnseen({{u"past.example.com"_s}}, observed);
        return earlierNames(observed);
    };
    QCOMPARE(ask(zone, before(toWord(NameSource::Listed)), {u"The logs are slow."_s}).added, QStringList());
    QCOMPARE(ask(zone, before(toWord(NameSource::CertificateSearch)), {u"The logs are slow."_s}).added,
             QStringList{u"past.example.com"_s});
}

// What a wildcard answers says nothing about the name, and silence nothing about the wildcard.
void TestEarlierNames::staysWithinItsBounds()
{
    std::vector<EarlierName> many;
    many.reserve(kMostFoundNames + 1);
    for (size_t i = 0; i <= kMostFoundNames; ++i)
        many.push_back({u"past%1.example.com"_s.arg(i)});
    const Again again = ask({}, many, {u"The logs are slow."_s});
    QCOMPARE(again.unknown, QStringList{many.back().name});

    NetOptions options;
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    DnsAnswer echo;
    DnsRecord alias{.name = u"past.example.com"_s, .type = RrType::Cname};
    alias.target = u"x.host.test"_s;
    echo.answers = {alias};
    seen.put(AskMadeUpNames{kDomain}, MadeUpNames{{u"lc-1.example.com"_s}, {echo}});
    seen.put(DnsLookup{.name = u"past.example.com"_s, .type = RrType::A}, echo);
    const EarlierName past{u"past.example.com"_s};
    const EarlierName wildcard{u"*.example.com"_s};
    FoundNames found{.notes = {u"The logs are slow."_s}};
    QCOMPARE(askForEarlier({past, wildcard}, kDomain, found, seen), QStringList{past.name});

    Observations silent(options, CancelToken(), Deadline::never(), nullptr);
    silent.put(AskMadeUpNames{kDomain},
               MadeUpNames{{u"lc-1.example.com"_s}, {failure(ErrorKind::TimedOut, u"No answer."_s)}});
    QCOMPARE(askForEarlier({wildcard}, kDomain, found, silent), QStringList{wildcard.name});
}

QTEST_GUILESS_MAIN(TestEarlierNames)
#include "tst_earliernames.moc"
