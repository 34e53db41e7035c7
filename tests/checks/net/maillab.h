// A mail server of our own, and a way to it: what the tests of sending mail share.
#pragma once

#include "checks/net/mailsubmission.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/realserver.h"
#include "tests/lab/smtpserver.h"

#include <QProcess>
#include <QTemporaryDir>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

inline const QString kHost = u"smtp.acme.example"_s;
inline const QByteArray kPassword = "correct horse battery";
inline const QByteArray kMessage =
    "From: <hello@acme.example>\r\nSubject: Test\r\n\r\nfirst\r\n.\r\n.. two dots\r\nlast\r\n";

inline DeliverySetup setupFor(const SocketAddress &server, SmtpSecurity security)
{
    return {kHost, server.port, security, u"product"_s, u"entry"_s, u"hello@acme.example"_s, u"me@reader.example"_s};
}

inline bool isSmtpInstalled()
{
    QProcess python;
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, u"import aiosmtpd"_s});
    return python.waitForFinished() && python.exitCode() == 0;
}

// As a mail server does, up to the command DATA.
inline void greet(Connection &connection)
{
    connection.write("220 smtp.acme.example ESMTP\r\n");
    for (const char *answer : {"250-smtp.acme.example\r\n250 AUTH PLAIN\r\n", "334 \r\n", "235 2.7.0 Fine\r\n",
                               "250 2.1.0 Fine\r\n", "250 2.1.5 Fine\r\n"}) {
        connection.readLine();
        connection.write(answer);
    }
    connection.readLine();
}

inline void hearMessage(Connection &connection)
{
    greet(connection);
    connection.write("354 Go on\r\n");
    while (true) {
        const QByteArray line = connection.readLine();
        if (line.isEmpty() || line == ".\r\n")
            return;
    }
}

inline void takeMessage(Connection &connection, const std::function<void()> &then)
{
    hearMessage(connection);
    connection.write("250 2.0.0 Ok: queued as 4F1A\r\n");
    then();
}

// The root is trusted, and the host's name leads to the server that is given.
class MailLab
{
public:
    MailLab() { writeFile(m_folder.filePath(u"root.pem"_s), m_root.certificatePem()); }

    const Identity &root() const { return m_root; }
    const Identity &identity() const { return m_identity; } // of kHost

    Result<QString> submit(const DeliverySetup &setup, const SocketAddress &server,
                           const QByteArray &password = kPassword, const CancelToken &token = CancelToken(),
                           std::chrono::milliseconds timeout = std::chrono::seconds(5),
                           const QByteArray &message = kMessage) const
    {
        NetOptions options = optionsFor(server);
        options.operationTimeout = timeout;
        Observations seen(options, token, Deadline::never(), nullptr);
        return submitMail(setup, Secret(password), message, seen);
    }

    Result<QString> signIn(const DeliverySetup &setup, const SocketAddress &server,
                           const QByteArray &password = kPassword, const CancelToken &token = CancelToken()) const
    {
        NetOptions options = optionsFor(server);
        options.operationTimeout = std::chrono::seconds(5);
        Observations seen(options, token, Deadline::never(), nullptr);
        return signInToSubmission(setup, Secret(password), seen);
    }

    NetOptions optionsFor(const SocketAddress &server) const
    {
        NetOptions options;
        options.caFile = m_folder.filePath(u"root.pem"_s);
        options.connects = {{{}, 0, server}};
        return options;
    }

private:
    const QTemporaryDir m_folder;
    const Identity m_root = makeRoot(u"Test root"_s);
    const Identity m_identity = makeSigned({.commonName = kHost, .names = {kHost}}, m_root);
};

} // namespace cockpit::lab
