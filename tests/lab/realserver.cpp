#include "tests/lab/realserver.h"

#include "tests/lab/hostileserver.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTcpSocket>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStartMs = 10000;
constexpr int kEndMs = 5000;
constexpr int kKnockMs = 50;

constexpr auto kNginxHead = R"(daemon off;
master_process off;
pid $DIR/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
    access_log off;
    server_tokens off;
    types { text/html html; application/javascript js; text/css css; text/plain txt; application/json json; }
    default_type text/html;
    charset utf-8;
    client_body_temp_path $DIR/body; proxy_temp_path $DIR/proxy; fastcgi_temp_path $DIR/fastcgi;
    uwsgi_temp_path $DIR/uwsgi; scgi_temp_path $DIR/scgi;
    ssl_protocols TLSv1.2 TLSv1.3;
    server { listen 127.0.0.1:$HTTP; return 301 https://$host$request_uri; }
)";

constexpr auto kNginxHost = R"(    server {
        listen 127.0.0.1:$HTTPS ssl http2;
        server_name $NAME;
        ssl_certificate $DIR/$NAME.pem;
        ssl_certificate_key $DIR/$NAME.key;
        root $DIR/$NAME;
        $INSIDE
    }
)";

} // namespace

QString serverProgram(const QString &name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(name, {u"/usr/sbin"_s}) : found;
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

bool waitUntilOpen(QProcess &process, quint16 port)
{
    const QDeadlineTimer deadline(kStartMs);
    while (process.state() != QProcess::NotRunning && !deadline.hasExpired()) {
        QTcpSocket knock;
        knock.connectToHost(u"127.0.0.1"_s, port);
        if (knock.waitForConnected(kKnockMs))
            return true;
        process.waitForFinished(kKnockMs);
    }
    return false;
}

void endServer(QProcess &process)
{
    process.terminate();
    if (!process.waitForFinished(kEndMs))
        process.kill();
    process.waitForFinished(kEndMs);
}

NginxServer::NginxServer(const std::vector<NginxHost> &hosts, const Identity &issuer)
    : m_httpsPort(unusedPort()), m_httpPort(unusedPort())
{
    QByteArray config = kNginxHead;
    for (const NginxHost &host : hosts)
        config += blockFor(host, issuer);
    config += "}\n";
    config.replace("$DIR", m_folder.path().toUtf8());
    config.replace("$HTTPS", QByteArray::number(m_httpsPort));
    config.replace("$HTTP", QByteArray::number(m_httpPort));
    writeFile(m_folder.filePath(u"nginx.conf"_s), config);
    // A pipe that nobody reads would fill up with what it says about missing files, and make it stop.
    m_process.setStandardErrorFile(m_folder.filePath(u"log"_s));
    m_process.start(serverProgram(u"nginx"_s), {u"-c"_s, m_folder.filePath(u"nginx.conf"_s), u"-e"_s, u"stderr"_s});
    m_ready = m_process.waitForStarted() && waitUntilOpen(m_process, m_httpsPort);
}

NginxServer::~NginxServer()
{
    endServer(m_process);
}

QByteArray NginxServer::log() const
{
    QFile file(m_folder.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray NginxServer::blockFor(const NginxHost &host, const Identity &issuer) const
{
    const Identity leaf = makeSigned({.commonName = host.name, .names = {host.name}}, issuer);
    writeFile(m_folder.filePath(host.name + u".pem"_s), leaf.certificatePem());
    writeFile(m_folder.filePath(host.name + u".key"_s), leaf.keyPem());
    QDir(m_folder.path()).mkdir(host.name);
    writeFile(m_folder.filePath(host.name + u"/index.html"_s), host.indexHtml);
    for (const NginxFile &file : host.files) {
        const QString path = m_folder.filePath(host.name + u'/' + file.path);
        QDir().mkpath(QFileInfo(path).path());
        writeFile(path, file.bytes);
    }
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFile::ReadOther | QFile::ExeOther);
    return QByteArray(kNginxHost).replace("$INSIDE", host.inside).replace("$NAME", host.name.toUtf8());
}

} // namespace cockpit::lab
