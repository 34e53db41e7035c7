// The same hosts on loopback looked at by this program, by testssl.sh and by sslscan (both of Debian): verdicts row by
// row, and the wall time as a ratio. Where two disagree there is a reason in kExplained, or the exit status is 1.
#include "checks/net/httpclient.h"
#include "checks/tls/family.h"
#include "tests/bench/tlspeersread.h"
#include "tests/lab/scriptedtls.h"
#include "tests/lab/tlsnginx.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <array>
#include <cstdio>
#include <thread>

using namespace cockpit;
using namespace cockpit::bench;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

constexpr int kToolMs = 1800000; // on a busy machine testssl.sh takes its time

// A verdict of theirs that differs from ours for a reason.
struct Explained
{
    const char *host; // null: any
    const char *fact;
    const char *tool;
    const char *theirs;
    const char *why;
};

constexpr std::array kExplained = {
    Explained{nullptr, "key", "sslscan", "EC 128", "it tells the strength of the curve, which is half of its bits"},
    Explained{"broken.example", "forward", "sslscan", "no",
              "it counts a modern suite after a whole handshake, and this server never finishes one"},
};

bool is(const QString &word, const char *wanted)
{
    return word == QLatin1StringView(wanted);
}

const char *explanationFor(const QString &host, const QString &fact, const QString &tool, const QString &theirs)
{
    const auto *it = std::ranges::find_if(kExplained, [&](const Explained &one) {
        return (!one.host || is(host, one.host)) && is(fact, one.fact) && is(tool, one.tool) && is(theirs, one.theirs);
    });
    return it == kExplained.end() ? nullptr : it->why;
}

struct Peer
{
    QString host;
    quint16 port = 0;
};

Verdicts ours(const Peer &peer, const QString &caFile)
{
    NetOptions options;
    options.caFile = caFile;
    options.resolvers = {{u"127.0.0.1"_s, unusedPort()}};
    options.connects = {{peer.host, 443, {u"127.0.0.1"_s, peer.port}}, {{}, 80, {u"127.0.0.1"_s, unusedPort()}}};
    QThreadPool pool;
    pool.setMaxThreadCount(options.workers);
    Observations seen(options, CancelToken(), Deadline::in(std::chrono::seconds(60)), &pool);
    const Host host{HostRole::Site, peer.host, kHttpsPort};
    const Target target{peer.host, {host}};
    const Policy policy;
    const ProjectFacts facts;
    std::map<QString, QJsonObject> observed;
    for (const Check &check : tlsChecks()) {
        observed[check.id] = check
                                 .look({.seen = seen,
                                        .target = target,
                                        .host = &host,
                                        .policy = policy,
                                        .facts = facts,
                                        .startedAt = QDateTime::currentDateTimeUtc()})
                                 .observed;
    }
    return readOurs(observed);
}

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(program, arguments);
    process.waitForFinished(kToolMs);
    return process.readAllStandardOutput();
}

Verdicts byTestssl(const Peer &peer, const QString &caFile, const QTemporaryDir &folder)
{
    const QString out = folder.filePath(peer.host + u".json"_s);
    outputOf(serverProgram(u"testssl"_s),
             {u"--quiet"_s, u"--color"_s, u"0"_s, u"--warnings"_s, u"off"_s, u"--jsonfile"_s, out, u"--add-ca"_s,
              caFile, u"--ip"_s, u"127.0.0.1"_s, u"--protocols"_s, u"--std"_s, u"--fs"_s, u"--server-defaults"_s,
              u"%1:%2"_s.arg(peer.host).arg(peer.port)});
    QFile file(out);
    return file.open(QIODevice::ReadOnly) ? readTestssl(file.readAll()) : Verdicts();
}

Verdicts bySslscan(const Peer &peer)
{
    return readSslscan(
        outputOf(serverProgram(u"sslscan"_s), {u"--xml=-"_s, u"--no-colour"_s, u"--no-heartbleed"_s,
                                               u"--sni-name="_s + peer.host, u"127.0.0.1:%1"_s.arg(peer.port)}));
}

// Every host at once, as each tool is used when there are several; the time is that of the slowest.
template<typename LookAt>
std::pair<std::vector<Verdicts>, double> timed(const std::vector<Peer> &peers, LookAt lookAt)
{
    std::vector<Verdicts> all(peers.size());
    QElapsedTimer clock;
    clock.start();
    std::vector<std::thread> threads;
    threads.reserve(peers.size());
    for (std::size_t i = 0; i < peers.size(); ++i)
        threads.emplace_back([&, i] { all[i] = lookAt(peers[i]); });
    for (std::thread &thread : threads)
        thread.join();
    return {all, static_cast<double>(clock.elapsed())};
}

int printRow(const Peer &peer, const QString &fact, const QString &own, const QString &theirs, const QString &tool)
{
    if (theirs.isEmpty())
        return 0; // it does not look at that
    const bool agrees = own == theirs;
    const char *why = agrees ? "" : explanationFor(peer.host, fact, tool, theirs);
    std::printf("  %-22s %-10s %-10s %-10s %-8s %s\n", qPrintable(peer.host), qPrintable(fact), qPrintable(own),
                qPrintable(theirs), qPrintable(tool), why ? why : "UNEXPLAINED");
    return agrees || why ? 0 : 1;
}

std::vector<TlsHost> hosts(const Identity &root, const Identity &issuing)
{
    const auto leaf = [&](const QString &name, KeyKind key = KeyKind::EcP256) {
        return makeSigned({.commonName = name, .names = {name}, .key = key}, issuing);
    };
    Q_UNUSED(root);
    return {
        {u"modern.example"_s, {leaf(u"modern.example"_s), issuing}},
        {u"old.example"_s,
         {leaf(u"old.example"_s, KeyKind::Rsa2048), issuing},
         "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0;"},
        {u"static.example"_s,
         {leaf(u"static.example"_s, KeyKind::Rsa2048), issuing},
         "ssl_protocols TLSv1.2; ssl_ciphers AES128-GCM-SHA256:AES128-SHA;"},
        {u"anonymous.example"_s,
         {leaf(u"anonymous.example"_s, KeyKind::Rsa2048), issuing},
         "ssl_protocols TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;"},
        {u"incomplete.example"_s, {leaf(u"incomplete.example"_s)}},
        {u"selfsigned.example"_s,
         {makeSelfSigned({.commonName = u"selfsigned.example"_s, .names = {u"selfsigned.example"_s}})}},
        {u"othername.example"_s, {leaf(u"elsewhere.example"_s), issuing}},
    };
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const Identity root = makeRoot(u"Bench root"_s);
    const Identity issuing = makeIntermediate(u"Bench issuing"_s, root);
    const std::vector<TlsHost> described = hosts(root, issuing);
    TlsNginx nginx(described);
    if (!nginx.isReady() || serverProgram(u"testssl"_s).isEmpty() || serverProgram(u"sslscan"_s).isEmpty()) {
        std::fprintf(stderr, "nginx, testssl.sh and sslscan are needed\n%s", nginx.log().constData());
        return 2;
    }
    const HostileServer broken(scriptedTls({.versions = {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls12},
                                            .suites = {0xc02f, 0x0005, 0x000a, 0x0003}}));
    const QTemporaryDir folder;
    const QString caFile = folder.filePath(u"root.pem"_s);
    writeFile(caFile, root.certificatePem());
    std::vector<Peer> peers;
    for (const TlsHost &host : described)
        peers.push_back({host.name, nginx.portOf(host.name)});
    peers.push_back({u"broken.example"_s, broken.port()});
    const QStringList wanted = QCoreApplication::arguments().mid(1);
    if (!wanted.isEmpty())
        std::erase_if(peers, [&](const Peer &peer) { return !wanted.contains(peer.host); });

    const auto [own, ownMs] = timed(peers, [&](const Peer &peer) { return ours(peer, caFile); });
    const auto [scan, scanMs] = timed(peers, [&](const Peer &peer) { return bySslscan(peer); });
    const auto [shell, shellMs] = timed(peers, [&](const Peer &peer) { return byTestssl(peer, caFile, folder); });

    std::printf("TLS verdicts on %zu hosts\n  %-22s %-10s %-10s %-10s %-8s\n", peers.size(), "host", "fact", "ours",
                "theirs", "tool");
    int unexplained = 0;
    for (std::size_t i = 0; i < peers.size(); ++i) {
        for (const auto &[fact, verdict] : own[i].asKeyValueRange()) {
            unexplained += printRow(peers[i], fact, verdict, shell[i].value(fact), u"testssl"_s);
            unexplained += printRow(peers[i], fact, verdict, scan[i].value(fact), u"sslscan"_s);
        }
    }
    std::printf("  unexplained disagreements %d\n", unexplained);
    std::printf("Wall time for %zu hosts side by side\n", peers.size());
    std::printf("  this program         %8.0f ms   all ten checks\n", ownMs);
    std::printf("  sslscan              %8.0f ms   ratio %.1f\n", scanMs, scanMs / ownMs);
    std::printf("  testssl.sh           %8.0f ms   ratio %.1f   aim: 10 or more\n", shellMs, shellMs / ownMs);
    return unexplained == 0 ? 0 : 1;
}
