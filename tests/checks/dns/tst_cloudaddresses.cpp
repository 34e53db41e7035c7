// Addresses at clouds: whose they are, which names are connected to, and who answers there, on loopback.
#include "checks/dns/cloudaddresses.h"
#include "checks/dns/cloudranges.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsendpoint.h"
#include "lab/scripteddns.h"
#include "tests/lab/hostileserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kCloudAddress = u"95.216.0.9"_s; // Hetzner's

FoundName named(const QString &name, const QStringList &addresses = {kCloudAddress},
                std::vector<NameSource> sources = {NameSource::Certificate})
{
    DnsAnswer v4;
    DnsAnswer v6;
    for (const QString &address : addresses) {
        const bool isV6 = address.contains(u':');
        DnsRecord record{.name = name, .type = isV6 ? RrType::Aaaa : RrType::A};
        record.address = address;
        (isV6 ? v6 : v4).answers.push_back(record);
    }
    FoundName found{name, name, std::move(sources), v4, std::nullopt};
    if (v4.answers.empty())
        found.v6 = v6;
    return found;
}

FoundName alias(const QString &name, const QString &target)
{
    FoundName found = named(name, {});
    DnsRecord cname{.name = name, .type = RrType::Cname};
    cname.target = target;
    DnsRecord address{.name = target, .type = RrType::A};
    address.address = kCloudAddress;
    found.v4->answers = {cname, address};
    return found;
}

const Target kTarget{u"example.com"_s, {{HostRole::Site, u"example.com"_s}, {HostRole::App, u"app.example.com"_s}}};

SeenAddress seen(AddressState state)
{
    SeenAddress address{.name = u"old.example.com"_s, .address = kCloudAddress, .cloud = u"Hetzner"_s};
    address.state = state;
    address.certificateNames = {u"shop.other.example"_s};
    return address;
}

} // namespace

class TestCloudAddresses : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhoseAnAddressIs_data();
    void knowsWhoseAnAddressIs();
    void refusesBadRanges_data();
    void refusesBadRanges();
    void choosesNames_data();
    void choosesNames();
    void connectsToAFew();
    void seesWhoAnswers_data();
    void seesWhoAnswers();
    void readsWhatWasSeen_data();
    void readsWhatWasSeen();
    void judges_data();
    void judges();
    void saysWhyItWeighsMore();
};

void TestCloudAddresses::knowsWhoseAnAddressIs_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("cloud"); // its id; empty: nobody's
    const auto row = [](const char *name, const QString &address, const QString &cloud) {
        QTest::newRow(name) << address << cloud;
    };
    row("Amazon", u"52.16.0.1"_s, u"aws"_s);
    row("Amazon, IPv6", u"2600:1f18::1"_s, u"aws"_s);
    row("Google", u"34.90.1.1"_s, u"google-cloud"_s);
    row("Microsoft", u"20.50.1.1"_s, u"azure"_s);
    row("DigitalOcean", u"159.89.1.1"_s, u"digitalocean"_s);
    row("DigitalOcean, IPv6", u"2a03:b0c0::1"_s, u"digitalocean"_s);
    row("Hetzner, the last of a block", u"128.140.127.255"_s, u"hetzner"_s);
    row("behind that block", u"128.140.128.0"_s, {});
    row("Hetzner, IPv6", u"2a01:4f9::1"_s, u"hetzner"_s);
    row("Linode", u"45.33.0.1"_s, u"linode"_s);
    row("Oracle", u"129.144.0.1"_s, u"oracle"_s);
    row("a documentation address", u"192.0.2.1"_s, {});
    row("a private address", u"10.0.0.1"_s, {});
    row("an edge that knows its customers", u"76.76.21.21"_s, {});
    row("pages of GitHub", u"185.199.108.153"_s, {});
    row("IPv6 of nobody", u"2001:db8::1"_s, {});
    row("no address", u"cloud"_s, {});
}

void TestCloudAddresses::knowsWhoseAnAddressIs()
{
    QFETCH(QString, address);
    const Cloud *cloud = cloudAt(address);
    QTEST(cloud ? cloud->id : QString(), "cloud");
}

void TestCloudAddresses::refusesBadRanges_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isGood");
    const QByteArray good = R"({"id": "a", "name": "A", "domains": ["a.example"], "addresses": ["192.0.2.0/24"]})";
    const auto row = [](const char *name, const QByteArray &clouds, bool isGood = false) {
        QTest::newRow(name) << R"({"schema": 1, "clouds": [)" + clouds + "]}" << isGood;
    };
    row("good", good, true);
    row("twice", good + ',' + good);
    row("no addresses", R"({"id": "a", "name": "A", "domains": ["a.example"], "addresses": []})");
    row("no block", R"({"id": "a", "name": "A", "domains": ["a.example"], "addresses": ["192.0.2.0/33"]})");
    row("no name", R"({"id": "a", "domains": ["a.example"], "addresses": ["192.0.2.0/24"]})");
    row("something else",
        R"({"id": "a", "name": "A", "domains": ["a.example"], "addresses": ["192.0.2.0/24"], "region": "x"})");
    QTest::newRow("another form") << QByteArray(R"({"schema": 2, "clouds": [)" + good + "]}") << false;
    QTest::newRow("nonsense") << QByteArray("[") << false;
}

void TestCloudAddresses::refusesBadRanges()
{
    QFETCH(QByteArray, json);
    QTEST(parseClouds(json).has_value(), "isGood");
}

void TestCloudAddresses::choosesNames_data()
{
    QTest::addColumn<std::vector<FoundName>>("names");
    QTest::addColumn<bool>("isChosen");
    const auto row = [](const char *title, const FoundName &name, bool isChosen) {
        QTest::newRow(title) << std::vector<FoundName>{name} << isChosen;
    };
    const QString old = u"old.example.com"_s;
    row("at a cloud", named(old), true);
    row("at a cloud by IPv6", named(old, {u"2a01:4f9::1"_s}), true);
    row("one of two addresses at a cloud", named(old, {u"192.0.2.1"_s, kCloudAddress}), true);
    row("elsewhere", named(old, {u"192.0.2.1"_s}), false);
    row("without an address", named(old, {}), false);
    row("a host of the project", named(u"app.example.com"_s), false);
    row("an alias", alias(old, u"x.cloud.example"_s), false);
    FoundName wildcard = named(u"*.example.com"_s);
    wildcard.askedAs = u"lc-1.example.com"_s;
    row("a wildcard", wildcard, false);
    row("of another domain that the person listed", named(u"shop.example.net"_s), false);
    row("a mail server", named(u"in.example.com"_s, {kCloudAddress}, {NameSource::Mail}), false);
    row("a name server", named(u"first.example.com"_s, {kCloudAddress}, {NameSource::NameServer}), false);
    row("a sender", named(u"out.example.com"_s, {kCloudAddress}, {NameSource::Spf, NameSource::Link}), false);
    row("mail by its name", named(u"smtp.example.com"_s), false);
    row("a database by its name", named(u"db.example.com"_s), false);
}

void TestCloudAddresses::choosesNames()
{
    QFETCH(std::vector<FoundName>, names);
    NetOptions options;
    options.connects = {{QString(), 0, {u"127.0.0.1"_s, lab::unusedPort()}}};
    Observations observations(options, CancelToken(), Deadline::never(), nullptr);
    QTEST(!lookAtCloudAddresses(kTarget, {.names = names}, observations).empty(), "isChosen");
}

void TestCloudAddresses::connectsToAFew()
{
    const lab::HostileServer web(lab::answering(lab::httpAnswer(200, {}, "hello")),
                                 lab::TlsSetup{{lab::makeSelfSigned({})}});
    FoundNames found;
    for (size_t i = 0; i < 2 * kMostCloudNames; ++i)
        found.names.push_back(named(u"vm%1.example.com"_s.arg(i)));
    NetOptions options;
    options.connects = {{QString(), 443, {u"127.0.0.1"_s, web.port()}}};
    Observations observations(options, CancelToken(), Deadline::never(), nullptr);
    const auto addresses = lookAtCloudAddresses(kTarget, found, observations);
    QCOMPARE(addresses.size(), 2 * kMostCloudNames);
    QCOMPARE(std::ranges::count(addresses, AddressState::Unclear, &SeenAddress::state), qsizetype(kMostCloudNames));
    QVERIFY(!addresses.back().why.isEmpty());
    QCOMPARE(web.connections(), int(kMostCloudNames)); // a handshake each, and that is all
}

void TestCloudAddresses::seesWhoAnswers_data()
{
    QTest::addColumn<QStringList>("certificate"); // its names; empty: nobody speaks TLS
    QTest::addColumn<QString>("manner");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, const QStringList &certificate, const QString &manner, const QString &state) {
        QTest::newRow(name) << certificate << manner << state;
    };
    const QString foreign = u"foreign_certificate"_s;
    const QString answers = u"answers"_s;
    row("ours", {u"old.example.com"_s}, {}, answers);
    row("ours by a wildcard", {u"*.example.com"_s}, {}, answers);
    row("of another name of ours", {u"www.example.com"_s}, {}, answers);
    row("of another domain that the person listed", {u"shop.example.net"_s}, {}, answers);
    row("somebody else's", {u"shop.other.example"_s, u"other.example"_s}, {}, foreign);
    row("somebody else's wildcard", {u"*.other.example"_s}, {}, foreign);
    row("somebody else's and ours", {u"other.example"_s, u"www.example.com"_s}, {}, answers);
    row("ends like ours", {u"badexample.com"_s}, {}, foreign);
    row("of the cloud", {u"static.9.your-server.de"_s}, {}, answers);
    row("of a platform", {u"*.netlify.app"_s}, {}, answers);
    row("somebody else's, and nobody vouches for it", {u"shop.other.example"_s}, u"self-signed"_s, answers);
    row("a page without encryption", {}, u"plain"_s, answers);
    row("an error page without encryption", {}, u"plain error"_s, answers);
    row("something else than TLS", {}, u"garbage"_s, answers);
    row("nobody", {}, u"nobody"_s, u"silent"_s);
    row("takes connections and says nothing", {}, u"hangs"_s, u"silent"_s);
    row("nobody, and nobody at our own hosts", {}, u"nobody anywhere"_s, u"unclear"_s);
    row("stopped meanwhile", {}, u"cancelled"_s, u"unclear"_s);
}

void TestCloudAddresses::seesWhoAnswers()
{
    QFETCH(QStringList, certificate);
    QFETCH(QString, manner);
    const lab::Identity root = lab::makeRoot(u"Lab"_s);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"root.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(root.certificatePem()) > 0 && file.flush());
    const lab::CertificateSpec spec{.commonName = u"leaf"_s, .names = certificate};
    const lab::Identity leaf = manner == "self-signed"_L1 ? lab::makeSelfSigned(spec) : lab::makeSigned(spec, root);
    const lab::Script page = lab::answering(lab::httpAnswer(manner == "plain error"_L1 ? 404 : 200, {}, "hello"));
    const lab::HostileServer secure(page, lab::TlsSetup{{leaf}});
    const lab::HostileServer own(page, lab::TlsSetup{{leaf}});
    const lab::HostileServer plain(page);
    const lab::HostileServer silent([](lab::Connection &connection) { connection.hang(); });
    const lab::HostileServer shell([](lab::Connection &connection) { connection.write("SSH-2.0-somebody\r\n"); });
    const quint16 nobody = lab::unusedPort();
    const quint16 at443 = !certificate.isEmpty()   ? secure.port()
                          : manner == "garbage"_L1 ? shell.port()
                          : manner == "hangs"_L1   ? silent.port()
                                                   : nobody;
    const QString local = u"127.0.0.1"_s;
    NetOptions options;
    options.operationTimeout = std::chrono::milliseconds(500);
    options.caFile = file.fileName();
    options.connects = {{u"old.example.com"_s, 443, {local, at443}},
                        {u"old.example.com"_s, 80, {local, manner.startsWith("plain"_L1) ? plain.port() : nobody}},
                        {QString(), 443, {local, manner == "nobody anywhere"_L1 ? nobody : own.port()}}};
    CancelToken token;
    if (manner == "cancelled"_L1)
        token.cancel();
    Observations observations(options, token, Deadline::never(), nullptr);
    const FoundNames found{
        .names = {named(u"old.example.com"_s), named(u"shop.example.net"_s, {u"192.0.2.7"_s}, {NameSource::Listed})}};
    const auto addresses = lookAtCloudAddresses(kTarget, found, observations);
    QCOMPARE(addresses.size(), size_t(1));
    QTEST(toWord(addresses.front().state), "state");
    QCOMPARE(addresses.front().cloud, u"Hetzner"_s);
    const bool isFinding = findingFor(addresses.front(), {}).has_value();
    QCOMPARE(isFinding, !addresses.front().evidence.empty());
}

// What loopback cannot show: ways, several addresses, certificates for addresses.
void TestCloudAddresses::readsWhatWasSeen_data()
{
    QTest::addColumn<Result<EndpointSession>>("session"); // of the address at the cloud
    QTest::addColumn<QStringList>("addresses");
    QTest::addColumn<QString>("plain"); // the address whose page came, or what came in its place; empty: nothing
    QTest::addColumn<QString>("state");
    const auto shows = [](const QStringList &names) {
        EndpointSession answer;
        answer.session.chain.push_back({.names = names});
        return Result<EndpointSession>(answer);
    };
    const auto row = [](const char *name, const Result<EndpointSession> &session, const QStringList &addresses,
                        const QString &state,
                        const QString &plain = {}) { QTest::newRow(name) << session << addresses << plain << state; };
    const QString other = u"192.0.2.1"_s;
    const QStringList two{other, kCloudAddress};
    const QStringList foreign{u"shop.other.example"_s};
    row("no way from here", failure(ErrorKind::NoRoute, u"No way."_s), {kCloudAddress}, u"unclear"_s);
    row("the only address", shows(foreign), {kCloudAddress}, u"foreign_certificate"_s);
    row("one of two", shows(foreign), two, u"foreign_certificate"_s);
    row("one of two, and it is ours", shows({u"www.example.com"_s}), two, u"answers"_s);
    row("for its address alone", shows({kCloudAddress}), {kCloudAddress}, u"answers"_s);
    row("for its address and somebody else", shows(foreign + QStringList{kCloudAddress}), {kCloudAddress},
        u"foreign_certificate"_s);
    const Result<EndpointSession> silent = failure(ErrorKind::TimedOut, u"No answer."_s);
    row("silent, and it has a page without encryption", silent, {kCloudAddress}, u"answers"_s, kCloudAddress);
    row("silent, one of two, and it has a page without encryption", silent, two, u"answers"_s, kCloudAddress);
    row("silent, one of two, and the other one has a page", silent, two, u"unclear"_s, other);
    row("silent, and it speaks no HTTP", silent, {kCloudAddress}, u"answers"_s, u"garbage"_s);
    row("silent, one of two, and one speaks no HTTP", silent, two, u"unclear"_s, u"garbage"_s);
    row("silent, one of two, and one does not end", silent, two, u"unclear"_s, u"flood"_s);
}

void TestCloudAddresses::readsWhatWasSeen()
{
    QFETCH(Result<EndpointSession>, session);
    QFETCH(QStringList, addresses);
    QFETCH(QString, plain);
    const QString old = u"old.example.com"_s;
    Observations observations(NetOptions(), CancelToken(), Deadline::never(), nullptr);
    std::vector<SocketAddress> places;
    places.reserve(2);
    for (const QString &address : addresses)
        places.push_back({address, 443});
    observations.put(HostAddresses{old}, places);
    // Asked at that very address, whichever of them is quicker.
    observations.put(TlsEndpoint{.host = old, .address = {kCloudAddress, 443}}, session);
    if (plain == "garbage"_L1 || plain == "flood"_L1)
        observations.put(HttpGet{.url = QUrl(u"http://old.example.com/"_s)},
                         failure(plain == "flood"_L1 ? ErrorKind::TooLarge : ErrorKind::Protocol, plain));
    else if (!plain.isEmpty())
        observations.put(HttpGet{.url = QUrl(u"http://old.example.com/"_s)},
                         HttpResponse{.status = 200, .peer = {plain, 80}});
    const auto seen = lookAtCloudAddresses(kTarget, {.names = {named(old)}}, observations);
    QCOMPARE(seen.size(), size_t(1));
    QTEST(toWord(seen.front().state), "state");
    QCOMPARE(!seen.front().why.isEmpty(), seen.front().state == AddressState::Unclear);
}

void TestCloudAddresses::judges_data()
{
    QTest::addColumn<AddressState>("state");
    QTest::addColumn<QString>("said");
    QTest::newRow("answers") << AddressState::Answers << QString();
    QTest::newRow("unclear") << AddressState::Unclear << QString();
    QTest::newRow("silent") << AddressState::Silent << u"silent_address low lead account_takeover"_s;
    QTest::newRow("somebody else's certificate")
        << AddressState::ForeignCertificate << u"foreign_certificate low lead account_takeover"_s;
}

void TestCloudAddresses::judges()
{
    QFETCH(AddressState, state);
    const auto finding = findingFor(seen(state), {});
    QTEST(finding ? u"%1 %2 %3 %4"_s.arg(finding->code, toWord(finding->severity), toWord(finding->proof),
                                         toWord(finding->impact))
                  : QString(),
          "said");
    if (finding) { // a maybe, in words, and no claim
        QVERIFY2(finding->whatWeSaw.contains("Maybe"_L1), qPrintable(finding->whatWeSaw));
        QVERIFY(finding->title.contains("may lead"_L1));
        QCOMPARE(finding->id(), findingFor(seen(state), {.setsWideCookies = true})->id());
    }
}

void TestCloudAddresses::saysWhyItWeighsMore()
{
    const auto alone = findingFor(seen(AddressState::Silent), {});
    const auto weighty = findingFor(seen(AddressState::Silent), {.signInReturns = {u"old.example.com"_s}});
    QCOMPARE(alone->severity, Severity::Low);
    QCOMPARE(weighty->severity, Severity::Medium);
    QCOMPARE(weighty->proof, Proof::Lead); // however much hangs on it
    QVERIFY(weighty->whatWeSaw.startsWith(alone->whatWeSaw));
    QVERIFY(weighty->whatWeSaw.size() > alone->whatWeSaw.size());
}

QTEST_GUILESS_MAIN(TestCloudAddresses)
#include "tst_cloudaddresses.moc"
