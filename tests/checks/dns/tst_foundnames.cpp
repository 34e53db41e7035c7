// Names of a product: each source, the guard against wildcards and compact denial, the search of certificate logs.
#include "checks/dns/certificatesearch.h"
#include "checks/dns/foundnames.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsprobe.h"
#include "lab/zonescript.h"
#include "tests/lab/hostileserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const Target kTarget{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};

struct Lab
{
    explicit Lab(const ScriptedDns::Script &script) : dns(script)
    {
        options.resolvers = {dns.address()};
        options.operationTimeout = std::chrono::milliseconds(600);
        // Nobody listens: what a source is to say is put in place.
        options.connects = {{QString(), 443, {u"127.0.0.1"_s, lab::unusedPort()}}};
    }
    explicit Lab(const QStringList &zone) : Lab(zoneScript(zone)) {}

    FoundNames find(const QStringList &listed = {})
    {
        Observations seen(options, CancelToken(), Deadline::never(), nullptr);
        if (logs)
            seen.put(CertificateSearch{u"example.com"_s}, *logs);
        if (session)
            seen.put(TlsHandshake{u"example.com"_s, 443}, *session);
        if (ownAnswer)
            seen.put(HttpGet{.url = QUrl(u"https://example.com/"_s)}, *ownAnswer);
        if (page)
            seen.put(FollowRedirects{QUrl(u"https://example.com/"_s)}, *page);
        return **seen.ask(FindNames{kTarget, listed});
    }

    ScriptedDns dns;
    NetOptions options;
    std::optional<Result<QStringList>> logs = Result<QStringList>(QStringList());
    std::optional<Result<TlsSession>> session;
    std::optional<Result<RedirectChain>> page;
    std::optional<Result<HttpResponse>> ownAnswer; // the first of the page's hops
};

QStringList namesIn(const FoundNames &found)
{
    QStringList names;
    for (const FoundName &name : found.names)
        names << name.name;
    names.sort();
    return names;
}

QString sourcesOf(const FoundNames &found, const QString &name)
{
    QStringList words;
    for (const FoundName &one : found.names) {
        for (const NameSource source : one.name == name ? one.sources : std::vector<NameSource>())
            words << toWord(source);
    }
    return words.join(u' ');
}

RedirectChain pageOf(const QByteArray &html, const std::vector<Header> &headers = {})
{
    RedirectChain chain;
    chain.last = {.url = QUrl(u"https://example.com/"_s), .status = 200, .headers = headers, .body = html};
    chain.hops = {{chain.last.url, 200, {}}};
    return chain;
}

} // namespace

class TestFoundNames : public QObject
{
    Q_OBJECT

private slots:
    void guards_data();
    void guards();
    void learnsFromEverySource();
    void namesTheSourceThatIsSilent();
    void saysWhichGuessesGotNoAnswer();
    void dropsNoGuessWithoutAWord_data();
    void dropsNoGuessWithoutAWord();
    void tellsARedirectThatFailsFromNoPage_data();
    void tellsARedirectThatFailsFromNoPage();
    void asksEachQuestionOnce();
    void staysWithinItsBounds();
    void readsPages();
    void learnsWhereSignInsReturnTo_data();
    void learnsWhereSignInsReturnTo();
    void readsLogs_data();
    void readsLogs();
    void searchesOnLoopback_data();
    void searchesOnLoopback();
    void theLabelsAreSound();
    void guessesPurposes_data();
    void guessesPurposes();
};

void TestFoundNames::guards_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("denial");
    QTest::addColumn<QStringList>("names");
    const QString apex = u"example.com. 60 IN A 192.0.2.1"_s;
    const QString staging = u"staging.example.com. 60 IN A 192.0.2.9"_s;
    const auto row = [](const char *name, const QStringList &zone, const QString &denial, const QStringList &names) {
        QTest::newRow(name) << zone << denial << names;
    };
    row("nothing else", {apex}, u"nxdomain"_s, {u"example.com"_s});
    row("a name", {apex, staging}, u"nxdomain"_s, {u"example.com"_s, u"staging.example.com"_s});
    row("IPv6 alone", {apex, u"api.example.com. 60 IN AAAA 2001:db8::1"_s}, u"nxdomain"_s,
        {u"api.example.com"_s, u"example.com"_s});
    row("an alias that leads nowhere", {apex, u"blog.example.com. 60 IN CNAME gone.example.net."_s}, u"nxdomain"_s,
        {u"blog.example.com"_s, u"example.com"_s});
    row("compact denial", {apex, staging}, u"nodata"_s, {u"example.com"_s, u"staging.example.com"_s});
    row("texts alone are no host", {apex, u"mail.example.com. 60 IN TXT \"x\""_s}, u"nxdomain"_s, {u"example.com"_s});
    row("a broken zone below", {apex, u"dev.example.com. SERVFAIL"_s}, u"nxdomain"_s,
        {u"dev.example.com"_s, u"example.com"_s});
    row("everything fails", {apex}, u"servfail"_s, {u"example.com"_s});
    row("a wildcard", {apex, u"staging.example.com. 60 IN A 192.0.2.7"_s}, u"192.0.2.7"_s, {u"example.com"_s});
    row("a name beside a wildcard", {apex, staging}, u"192.0.2.7"_s, {u"example.com"_s, u"staging.example.com"_s});
    row("a wildcard that is an alias", {apex, staging}, u"alias"_s,
        {u"*.example.com"_s, u"example.com"_s, u"staging.example.com"_s});
}

void TestFoundNames::guards()
{
    QFETCH(QStringList, zone);
    QFETCH(QString, denial);
    const ScriptedDns::Script plain = zoneScript(zone);
    Lab lab([plain, denial](const DnsQuestionSeen &question) {
        DnsReply reply = plain(question);
        if (reply.rcode != 3 || !reply.answers.isEmpty() || !question.name.endsWith(u".example.com"))
            return reply;
        reply.rcode = denial == "nxdomain"_L1 ? 3 : denial == "servfail"_L1 ? 2 : 0;
        if (denial == "alias"_L1)
            reply.answers = {question.name + u". 60 IN CNAME all.hosting.example."_s};
        else if (denial.startsWith(u"192") && question.type == 1)
            reply.answers = {question.name + u". 60 IN A "_s + denial};
        return reply;
    });
    QTEST(namesIn(lab.find()), "names");
}

void TestFoundNames::learnsFromEverySource()
{
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s, u"example.com. 60 IN MX 10 inbox.example.com."_s,
             u"example.com. 60 IN NS first.example.com."_s,
             u"example.com. 60 IN TXT \"v=spf1 a:sender.example.com include:other.example.net -all\""_s});
    TlsSession session;
    session.chain = {Certificate{.names = {u"example.com"_s, u"*.tenants.example.com"_s, u"other.example.net"_s}}};
    lab.session = session;
    lab.logs = QStringList{u"past.example.com"_s, u"example.com"_s};
    lab.page = pageOf("<a href='https://forum.example.com/x'>f</a><a href='https://elsewhere.example/'>e</a>");
    const FoundNames found = lab.find({u"mine.example.com"_s, u"shop.example.net"_s});
    QCOMPARE(sourcesOf(found, u"example.com"_s), u"project certificate certificate_log"_s);
    QCOMPARE(sourcesOf(found, u"inbox.example.com"_s), u"mx"_s);
    QCOMPARE(sourcesOf(found, u"first.example.com"_s), u"ns"_s);
    QCOMPARE(sourcesOf(found, u"sender.example.com"_s), u"spf"_s);
    QCOMPARE(sourcesOf(found, u"tenants.example.com"_s), u"certificate"_s);
    QCOMPARE(sourcesOf(found, u"past.example.com"_s), u"certificate_log"_s);
    QCOMPARE(sourcesOf(found, u"forum.example.com"_s), u"link guess"_s);
    QCOMPARE(sourcesOf(found, u"mine.example.com"_s), u"listed"_s);
    QCOMPARE(sourcesOf(found, u"shop.example.net"_s), u"listed"_s); // the person says that it belongs
    QCOMPARE(sourcesOf(found, u"other.example.net"_s), QString());
    QCOMPARE(sourcesOf(found, u"elsewhere.example"_s), QString());
    QVERIFY(found.notes.isEmpty());
}

void TestFoundNames::namesTheSourceThatIsSilent()
{
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s});
    lab.logs = Result<QStringList>(failure(ErrorKind::TimedOut, u"crt.sh is slow today."_s));
    lab.session = TlsSession();
    lab.page = pageOf("<p>nothing</p>");
    const FoundNames found = lab.find();
    QCOMPARE(found.notes.size(), 1);
    QVERIFY(found.notes.front().contains(u"slow today"));
    QCOMPARE(found.incomplete, std::vector{NameSource::CertificateSearch});
    QCOMPARE(namesIn(found), QStringList{u"example.com"_s});
}

void TestFoundNames::saysWhichGuessesGotNoAnswer()
{
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s, u"staging.example.com. SILENT"_s, u"grafana.example.com. SILENT"_s,
             u"demo.example.com. SERVFAIL"_s});
    lab.session = TlsSession();
    lab.page = pageOf("<p>nothing</p>");
    const FoundNames found = lab.find();
    QCOMPARE(found.notes.size(), 1);
    QVERIFY2(found.notes.front().startsWith(u"2 "), qPrintable(found.notes.front()));
    QVERIFY(found.notes.front().contains(u".example.com got no answer"));
    QCOMPARE(namesIn(found), (QStringList{u"demo.example.com"_s, u"example.com"_s}));
}

// What a guessed name's servers say that do not answer. The made-up names are beside it.
void TestFoundNames::dropsNoGuessWithoutAWord_data()
{
    QTest::addColumn<int>("rcode");   // to a usual name, asked for IPv4
    QTest::addColumn<int>("rcodeV6"); // and for IPv6
    QTest::addColumn<int>("rcodeMadeUp");
    QTest::addColumn<int>("notes");
    QTest::addColumn<bool>("isListed"); // with its problem
    constexpr int none = 0;
    constexpr int fails = 2;
    constexpr int denied = 3;
    constexpr int refused = 5;
    QTest::newRow("no such name") << denied << denied << denied << 0 << false;
    QTest::newRow("no address") << none << none << denied << 0 << false;
    QTest::newRow("refused") << refused << refused << denied << 1 << false;
    QTest::newRow("refused, as every name") << refused << refused << refused << 1 << false;
    QTest::newRow("fails alone") << fails << fails << denied << 0 << true;
    QTest::newRow("fails, as every name") << fails << fails << fails << 1 << false;
    QTest::newRow("no IPv4 address, and nobody knows about IPv6") << none << fails << denied << 1 << false;
}

void TestFoundNames::dropsNoGuessWithoutAWord()
{
    QFETCH(int, rcode);
    QFETCH(int, rcodeV6);
    QFETCH(int, rcodeMadeUp);
    const auto zone = zoneScript({u"example.com. 60 IN A 192.0.2.1"_s});
    constexpr int v6 = 28;
    Lab lab([=](const DnsQuestionSeen &question) -> DnsReply {
        if (question.name == "staging.example.com"_L1)
            return {.rcode = question.type == v6 ? rcodeV6 : rcode};
        const QString label = question.name.section(u'.', 0, 0);
        const bool isMadeUp =
            question.name.endsWith(".example.com"_L1) && !commonHostLabels().contains(label) && label != "_dmarc"_L1;
        return isMadeUp ? DnsReply{.rcode = rcodeMadeUp} : zone(question);
    });
    lab.session = TlsSession();
    lab.page = pageOf("<p>nothing</p>");
    const FoundNames found = lab.find();
    QTEST(int(found.notes.size()), "notes");
    QTEST(namesIn(found).contains(u"staging.example.com"_s), "isListed");
    QVERIFY(found.incomplete.empty()); // the list of usual names itself is whole
}

void TestFoundNames::tellsARedirectThatFailsFromNoPage_data()
{
    QTest::addColumn<bool>("hasAnswer"); // of its own
    QTest::addColumn<ErrorKind>("kind"); // of what the walk ended with
    QTest::addColumn<int>("notes");
    QTest::newRow("refused") << false << ErrorKind::Unreachable << 0;
    QTest::newRow("no way from this network") << false << ErrorKind::NoRoute << 1;
    QTest::newRow("sent to where the connection is refused") << true << ErrorKind::Unreachable << 1;
    QTest::newRow("sent to where nobody answers") << true << ErrorKind::TimedOut << 1;
}

void TestFoundNames::tellsARedirectThatFailsFromNoPage()
{
    QFETCH(bool, hasAnswer);
    QFETCH(ErrorKind, kind);
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s});
    lab.session = TlsSession();
    lab.page = Result<RedirectChain>(failure(kind, u"No page came."_s));
    if (hasAnswer)
        lab.ownAnswer = HttpResponse{.url = QUrl(u"https://example.com/"_s), .status = 301};
    else if (kind == ErrorKind::NoRoute)
        lab.ownAnswer = failure(kind, u"No page came."_s);
    QTEST(int(lab.find().notes.size()), "notes");
}

void TestFoundNames::asksEachQuestionOnce()
{
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s, u"example.com. 60 IN MX 10 mail.example.com."_s,
             u"mail.example.com. 60 IN A 192.0.2.2"_s});
    lab.find({u"staging.example.com"_s});
    std::multiset<QString> asked;
    for (const DnsQuestionSeen &question : lab.dns.seen())
        asked.insert(u"%1 %2"_s.arg(question.name).arg(question.type));
    for (const QString &question : asked)
        QVERIFY2(asked.count(question) == 1, qPrintable(question));
    QVERIFY(asked.size() > 150);
    QVERIFY(asked.size() < 250);
}

void TestFoundNames::staysWithinItsBounds()
{
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s});
    QStringList past;
    for (int i = 0; i < 1000; ++i)
        past << u"old%1.example.com"_s.arg(i);
    lab.logs = past;
    const FoundNames found = lab.find();
    QVERIFY(found.isCut);
    QVERIFY(found.names.size() <= kMostFoundNames);
    QVERIFY(lab.dns.seen().size() < kMostFoundNames + 40);
}

void TestFoundNames::readsPages()
{
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s});
    lab.page = pageOf("<script src='https://cdn.gone.example/x.js'></script><img src='https://pics.example/y.png'>"
                      "<script src='/own.js'></script>",
                      {{"Set-Cookie", "sid=1; Domain=example.com; Secure"},
                       {"Content-Security-Policy", "default-src 'none'; img-src pics.example; script-src 'self' "
                                                   "https://*.allowed.example:443/lib/ own.example.com https: *"}});
    const FoundNames found = lab.find();
    QCOMPARE(found.scriptHosts, (QStringList{u"*.allowed.example"_s, u"cdn.gone.example"_s}));
    QVERIFY(found.setsWideCookies);
    lab.page = pageOf("<p>nothing</p>", {{"Set-Cookie", "sid=1; Secure"}});
    QVERIFY(!lab.find().setsWideCookies);
}

void TestFoundNames::learnsWhereSignInsReturnTo_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("leadsTo"); // to which the page leads instead
    QTest::addColumn<QStringList>("hosts");
    QTest::addColumn<QStringList>("names"); // beside the domain
    const auto row = [](const char *name, const QByteArray &html, const QString &leadsTo, const QStringList &hosts,
                        const QStringList &names) { QTest::newRow(name) << html << leadsTo << hosts << names; };
    const QString idp = u"https://id.example.net/authorize?client_id=a&redirect_uri="_s;
    const QString back = u"https%3A%2F%2FReturns.example.com%2Fcallback"_s;
    const QStringList ours{u"returns.example.com"_s};
    row("no sign-in", "<a href='/pricing?x=1'>p</a>", {}, {}, {});
    row("a link", "<a href='" + (idp + back).toLatin1() + "'>sign in</a>", {}, ours, ours);
    row("a form", "<form action='" + (idp + back).toLatin1() + "'></form>", {}, ours, ours);
    row("a redirect", {}, idp + back, ours, ours);
    row("to another company", "<a href='" + idp.toLatin1() + "https%3A%2F%2Fx.example.org%2F'>s</a>", {},
        {u"x.example.org"_s}, {});
    row("no address", "<a href='" + idp.toLatin1() + "urn:ietf:wg:oauth:2.0:oob'>s</a>", {}, {}, {});
    row("Supabase",
        "<a href='https://abc.supabase.co/auth/v1/authorize?provider=x&redirect_to=" + back.toLatin1() + "'>s</a>", {},
        ours, ours);
    row("the same word elsewhere", "<a href='/login?redirect_to=" + back.toLatin1() + "'>s</a>", {}, {}, {});
}

void TestFoundNames::learnsWhereSignInsReturnTo()
{
    QFETCH(QByteArray, html);
    QFETCH(QString, leadsTo);
    QFETCH(QStringList, names);
    Lab lab({u"example.com. 60 IN A 192.0.2.1"_s, u"returns.example.com. 60 IN A 192.0.2.2"_s});
    RedirectChain page = pageOf(html);
    if (!leadsTo.isEmpty()) {
        page.hops = {{page.last.url, 302, leadsTo.toLatin1()}, {QUrl(leadsTo), 200, {}}};
        page.last.url = QUrl(leadsTo);
    }
    lab.page = page;
    const FoundNames found = lab.find();
    QTEST(found.signInReturns, "hosts");
    QStringList all = namesIn(found);
    all.removeAll(u"example.com"_s);
    QCOMPARE(all, names);
}

void TestFoundNames::readsLogs_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<bool>("isList");
    const auto row = [](const char *name, const QByteArray &json, const QStringList &names, bool isList = true) {
        QTest::newRow(name) << json << names << isList;
    };
    row("none", "[]", {});
    row("several in one", R"([{"name_value": "b.example.com\n*.example.com\nB.EXAMPLE.com"}])",
        {u"b.example.com"_s, u"example.com"_s});
    row("of others", R"([{"name_value": "example.com.evil.example\nnotexample.com"}])", {});
    row("no names", R"([{"name_value": "someone@example.com\n a b \n-\n"}, {"id": 1}, 7])", {});
    row("cut off", R"([{"name_value": "a.example.com"},{"name_value": "b.example.com"},{"name_va)",
        {u"a.example.com"_s, u"b.example.com"_s});
    row("a page", "<html>busy</html>", {}, false);
    row("an object", "{}", {}, false);
    row("nothing", "", {}, false);
}

void TestFoundNames::readsLogs()
{
    QFETCH(QByteArray, json);
    QFETCH(QStringList, names);
    const auto read = namesInSearchAnswer(json, u"example.com"_s);
    QTEST(read.has_value(), "isList");
    QCOMPARE(read.value_or(QStringList()), names);
}

void TestFoundNames::searchesOnLoopback_data()
{
    QTest::addColumn<QString>("manner");
    QTest::addColumn<int>("kind"); // of the error; -1: names
    QTest::newRow("answers") << u"answers"_s << -1;
    QTest::newRow("is down for repair") << u"503"_s << int(ErrorKind::Protocol);
    QTest::newRow("sends a page") << u"page"_s << int(ErrorKind::Protocol);
    QTest::newRow("says nothing") << u"silent"_s << int(ErrorKind::TimedOut);
    QTest::newRow("cuts off") << u"cut"_s << int(ErrorKind::Protocol);
    QTest::newRow("never ends") << u"endless"_s << int(ErrorKind::TimedOut);
    QTest::newRow("refuses") << u"refuses"_s << int(ErrorKind::Unreachable);
    QTest::newRow("has a certificate of its own making") << u"untrusted"_s << int(ErrorKind::Protocol);
}

void TestFoundNames::searchesOnLoopback()
{
    QFETCH(QString, manner);
    QFETCH(int, kind);
    const lab::Identity root = lab::makeRoot(u"Lab"_s);
    const lab::Identity leaf = lab::makeSigned({.commonName = u"crt.sh"_s, .names = {u"crt.sh"_s}}, root);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"root.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(root.certificatePem()) > 0 && file.flush());
    const QByteArray list = R"([{"name_value": "a.example.com"}])";
    QByteArray asked;
    const lab::HostileServer server(
        [&](lab::Connection &connection) {
            asked = connection.readRequest();
            if (manner == "silent"_L1)
                connection.hang();
            else if (manner == "cut"_L1)
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n[{");
            else if (manner == "endless"_L1)
                while (connection.write("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n") &&
                       connection.pause(std::chrono::milliseconds(20))) {
                }
            else
                connection.write(lab::httpAnswer(manner == "503"_L1 ? 503 : 200, {},
                                                 manner == "page"_L1 ? QByteArray("<html>") : list));
        },
        lab::TlsSetup{{leaf}});
    NetOptions options;
    options.connects = {
        {u"crt.sh"_s, 443, {u"127.0.0.1"_s, manner == "refuses"_L1 ? lab::unusedPort() : server.port()}}};
    options.caFile = manner == "untrusted"_L1 ? QString() : file.fileName();
    options.operationTimeout = std::chrono::milliseconds(700);
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const auto names = seen.ask(CertificateSearch{u"example.com"_s});
    if (kind < 0) {
        QVERIFY2(*names, *names ? "" : qPrintable(names->error().message));
        QCOMPARE(**names, QStringList{u"a.example.com"_s});
        QVERIFY2(asked.startsWith("GET /?q=%25.example.com&output=json "), asked.constData());
        return;
    }
    QVERIFY(!*names);
    QCOMPARE(int(names->error().kind), kind);
}

void TestFoundNames::theLabelsAreSound()
{
    const QStringList &labels = commonHostLabels();
    QVERIFY(labels.size() >= 140);
    QCOMPARE(QSet<QString>(labels.begin(), labels.end()).size(), labels.size());
    for (const QString &label : labels)
        QVERIFY2(normaliseHostName(label + u".example.com"_s), qPrintable(label));
    QFile file(u":/rules/host-labels.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject purposes = QJsonDocument::fromJson(file.readAll()).object()["purposes"_L1].toObject();
    qsizetype all = 0;
    for (auto it = purposes.begin(); it != purposes.end(); ++it) {
        QVERIFY2(namePurposeFromWord(it.key()), qPrintable(it.key()));
        all += it->toArray().size();
    }
    QCOMPARE(all, labels.size());
}

void TestFoundNames::guessesPurposes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("purpose");
    QTest::newRow("a label") << u"api.example.com"_s << u"api"_s;
    QTest::newRow("capitals") << u"API.example.com"_s << u"api"_s;
    QTest::newRow("a number") << u"api-3.example.com"_s << u"api"_s;
    QTest::newRow("a number without a dash") << u"staging2.example.com"_s << u"staging"_s;
    QTest::newRow("staging of the app") << u"app-staging.example.com"_s << u"staging"_s;
    QTest::newRow("the app's staging") << u"staging_app.example.com"_s << u"staging"_s;
    QTest::newRow("deeper") << u"admin.eu.example.com"_s << u"admin"_s;
    QTest::newRow("unknown") << u"zebra.example.com"_s << QString();
    QTest::newRow("no label within a word") << u"devices.example.com"_s << QString();
    QTest::newRow("the domain, whose name sounds like a purpose") << u"acme-ops.com"_s << u"site"_s;
    QTest::newRow("a label of that domain") << u"ops.acme-ops.com"_s << u"admin"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestFoundNames::guessesPurposes()
{
    QFETCH(QString, name);
    const auto purpose = guessedPurpose(name);
    QTEST(purpose ? toWord(*purpose) : QString(), "purpose");
}

QTEST_GUILESS_MAIN(TestFoundNames)
#include "tst_foundnames.moc"
