#include "tests/lab/mailserver.h"

#include "tests/lab/realserver.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

// False when the conversation is over.
bool answerCommand(Connection &connection, const QByteArray &command, const MailManners &manners)
{
    if (command.startsWith("EHLO "))
        return connection.write(manners.ehlo);
    if (command == "STARTTLS") {
        connection.write(manners.startTls);
        if (!manners.startTls.startsWith("220"))
            return true;
        return manners.tls && connection.startTls(*manners.tls);
    }
    if (command == "QUIT") {
        connection.write("221 bye\r\n");
        return false;
    }
    return connection.write("502 not here\r\n");
}

} // namespace

Script mailServer(const MailManners &manners)
{
    return [manners](Connection &connection) {
        connection.write(manners.greeting);
        QByteArray line = connection.readLine();
        while (!line.isEmpty() && answerCommand(connection, line.trimmed(), manners))
            line = connection.readLine();
    };
}

RealMailServer::RealMailServer(const std::vector<Identity> &chain, OldTls old) : m_port(unusedPort())
{
    const bool isLenient = old == OldTls::Taken;
    const QString configuration = m_folder.filePath(u"openssl.cnf"_s);
    writeFile(configuration, "openssl_conf = main\n[main]\nssl_conf = ssl\n[ssl]\nsystem_default = limits\n[limits]\n"
                             "MinProtocol = " +
                                 QByteArray(isLenient ? "TLSv1" : "TLSv1.2") +
                                 "\nCipherString = DEFAULT@SECLEVEL=" + (isLenient ? "0" : "2") + "\n");
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OPENSSL_CONF"_s, configuration);
    m_process.setProcessEnvironment(environment);
    QStringList arguments{u"-n"_s, u"-l"_s, u"127.0.0.1:%1"_s.arg(m_port)};
    if (!chain.empty()) {
        writeFile(m_folder.filePath(u"chain.pem"_s), pemOf(chain));
        writeFile(m_folder.filePath(u"key.pem"_s), chain.front().keyPem());
        arguments << u"--tlscert"_s << m_folder.filePath(u"chain.pem"_s) << u"--tlskey"_s
                  << m_folder.filePath(u"key.pem"_s) << u"--no-requiretls"_s;
    }
    m_process.start(serverProgram(u"aiosmtpd"_s), arguments);
    m_ready = m_process.waitForStarted() && waitUntilOpen(m_process, m_port);
}

RealMailServer::~RealMailServer()
{
    endServer(m_process);
}

} // namespace cockpit::lab
