#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "tests/lab/hostileserver.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPages = 40;

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

// nginx counts the connections that it has served; each answer says how many requests its connection had.
QByteArray configuration(const QByteArray &folder, quint16 port)
{
    return "daemon off; worker_processes 1; pid " + folder + "/pid; error_log " + folder +
           "/error.log;\nevents {}\nhttp {\n access_log off; client_body_temp_path " + folder + "; proxy_temp_path " +
           folder + "; fastcgi_temp_path " + folder + "; uwsgi_temp_path " + folder + "; scgi_temp_path " + folder +
           ";\n server {\n  listen 127.0.0.1:" + QByteArray::number(port) + " ssl http2;\n  ssl_certificate " + folder +
           "/cert.pem; ssl_certificate_key " + folder +
           "/key.pem;\n  location / { add_header X-Connection $connection; return 200 $uri; }\n }\n}\n";
}

} // namespace

class TestHttp2 : public QObject
{
    Q_OBJECT

private slots:
    void sendsManyOverOneConnection()
    {
        const QString nginx = QStandardPaths::findExecutable(u"nginx"_s, {u"/usr/sbin"_s, u"/usr/bin"_s});
        if (nginx.isEmpty())
            QSKIP("nginx is not installed");
        const QTemporaryDir folder;
        const quint16 port = unusedPort();
        const Identity root = makeRoot(u"Test root"_s);
        const Identity leaf = makeSigned({.commonName = u"two.example"_s, .names = {u"two.example"_s}}, root);
        writeFile(folder.filePath(u"cert.pem"_s), leaf.certificatePem());
        writeFile(folder.filePath(u"key.pem"_s), leaf.keyPem());
        writeFile(folder.filePath(u"root.pem"_s), root.certificatePem());
        writeFile(folder.filePath(u"nginx.conf"_s), configuration(folder.path().toUtf8(), port));
        QProcess server;
        server.start(nginx, {u"-p"_s, folder.path(), u"-c"_s, folder.filePath(u"nginx.conf"_s), u"-e"_s,
                             folder.filePath(u"error.log"_s)});
        QVERIFY(server.waitForStarted());
        const auto listens = [port] {
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, port);
            return socket.waitForConnected(200);
        };
        QTRY_VERIFY2(listens(), server.readAllStandardError().constData());

        NetOptions options;
        options.caFile = folder.filePath(u"root.pem"_s);
        options.connects = {{u"two.example"_s, 443, {u"127.0.0.1"_s, port}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < kPages; ++i)
            questions.push_back({.url = QUrl(u"https://two.example/%1"_s.arg(i))});
        QSet<QByteArray> connections;
        const auto answers = seen.askAll(questions);
        for (int i = 0; i < kPages; ++i) {
            const auto &answer = *answers[std::size_t(i)];
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
            QCOMPARE(answer->version, "2");
            QCOMPARE(answer->body, "/" + QByteArray::number(i));
            QCOMPARE(answer->trust, CertificateTrust::Trusted);
            connections.insert(answer->header("x-connection").value_or(""));
        }
        QCOMPARE(connections.size(), 1);

        server.terminate();
        QVERIFY(server.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(TestHttp2)
#include "tst_http2.moc"
