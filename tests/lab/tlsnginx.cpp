#include "tests/lab/tlsnginx.h"

#include "tests/lab/hostileserver.h"

#include <QFile>
#include <QProcessEnvironment>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kHead = R"(daemon off;
master_process off;
pid $DIR/nginx.pid;
error_log stderr warn;
events { worker_connections 512; }
http {
    access_log off;
    client_body_temp_path $DIR/body; proxy_temp_path $DIR/proxy; fastcgi_temp_path $DIR/fastcgi;
    uwsgi_temp_path $DIR/uwsgi; scgi_temp_path $DIR/scgi;
    ssl_protocols TLSv1.2 TLSv1.3;
)";

constexpr auto kHost = R"(    server {
        listen 127.0.0.1:$PORT ssl http2;
        server_name $NAME;
        ssl_certificate $DIR/$NAME.pem;
        ssl_certificate_key $DIR/$NAME.key;
        $DIRECTIVES
        location / { return 200 "hello"; }
    }
)";

// What Debian forbids by default shall be served: short keys, SHA-1, TLS 1.0.
constexpr auto kOpenSsl = R"(openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = system
[system]
MinProtocol = TLSv1
CipherString = DEFAULT@SECLEVEL=0
)";

} // namespace

TlsNginx::TlsNginx(const std::vector<TlsHost> &hosts)
{
    QByteArray config = kHead;
    for (const TlsHost &host : hosts)
        config += blockFor(host);
    config += "}\n";
    config.replace("$DIR", m_folder.path().toUtf8());
    writeFile(m_folder.filePath(u"nginx.conf"_s), config);
    writeFile(m_folder.filePath(u"openssl.cnf"_s), kOpenSsl);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OPENSSL_CONF"_s, m_folder.filePath(u"openssl.cnf"_s));
    m_process.setProcessEnvironment(environment);
    m_process.start(serverProgram(u"nginx"_s), {u"-c"_s, m_folder.filePath(u"nginx.conf"_s), u"-e"_s, u"stderr"_s});
    m_ready = m_process.waitForStarted() && waitUntilOpen(m_process, m_ports.begin()->second);
}

TlsNginx::~TlsNginx()
{
    endServer(m_process);
}

QByteArray TlsNginx::blockFor(const TlsHost &host)
{
    const quint16 port = unusedPort();
    m_ports[host.name] = port;
    writeFile(m_folder.filePath(host.name + u".pem"_s), pemOf(host.chain));
    writeFile(m_folder.filePath(host.name + u".key"_s), host.chain.front().keyPem());
    QByteArray directives = host.directives;
    for (const auto &[word, bytes] : host.files) {
        const QString file = m_folder.filePath(host.name + u'.' + QString::fromLatin1(word));
        writeFile(file, bytes);
        directives.replace("$FILE(" + word + ')', file.toUtf8());
    }
    return QByteArray(kHost)
        .replace("$PORT", QByteArray::number(port))
        .replace("$NAME", host.name.toUtf8())
        .replace("$DIRECTIVES", directives);
}

} // namespace cockpit::lab
