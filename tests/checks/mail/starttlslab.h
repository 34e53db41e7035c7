// What the tests of STARTTLS share: sessions as they are seen, and mail servers on loopback.
#pragma once

#include "checks/mail/starttls.h"
#include "checks/net/certificate.h"
#include "lab/lookwithzone.h"
#include "models/projectstate.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/mailserver.h"
#include "tests/lab/realserver.h"
#include "tests/lab/signedworld.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QTemporaryFile>
#include <QTest>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace cockpit::lab;

inline const QString kMx = u"mx.example.com"_s;
inline const QString kMx2 = u"mx2.example.com"_s;
inline const QDateTime kNow(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
inline const SocketAddress kV4{u"192.0.2.1"_s, 25};
inline const SocketAddress kV6{u"2001:db8::1"_s, 25};

inline TlsSession goodTls(const QString &name = kMx)
{
    TlsSession tls;
    Certificate leaf{.der = "leaf", .subject = name, .names = {name}};
    leaf.notAfter = kNow.addDays(60);
    tls.chain.push_back(leaf);
    return tls;
}

inline SmtpSession session(StartTlsState state = StartTlsState::Done)
{
    SmtpSession seen{.greeting = {220, {u"mx"_s}}, .ehlo = {250, {u"mx"_s}}, .startTls = state};
    if (state == StartTlsState::Done)
        seen.tls = goodTls();
    if (state == StartTlsState::Refused)
        seen.startTlsReply = {454, {u"no"_s}};
    if (state == StartTlsState::Failed)
        seen.startTlsProblem = u"It hung up."_s;
    return seen;
}

inline SmtpSession declining(int code)
{
    return {.greeting = {code, {u"not you"_s}}};
}

inline MailServerSeen answered(const SmtpSession &seen, const QString &host = kMx, const SocketAddress &address = kV4)
{
    return {host, address, seen};
}

inline MailServerSeen mute(ErrorKind kind, const QString &host = kMx, const SocketAddress &address = kV4)
{
    return {host, address, failure(kind, host + u" did not answer."_s)};
}

inline DaneLook dane(DaneState state, const TlsaRecord &record)
{
    return {state, {record}};
}

inline const TlsaRecord kOther{3, 1, 1, QByteArray(32, 'x')};
inline const TlsaRecord kRight{3, 0, 0, "leaf"};
inline const TlsaRecord kAuthority{2, 0, 0, "leaf"}; // a server may name its own certificate as one

struct Expected
{
    QStringList codes;
    Outcome outcome = Outcome::Pass;
    std::optional<Severity> worst;
    bool hasGap = false; // beside what it says: something was not seen
};

// The mail servers of a domain, for looks over real sockets.
struct MailLab
{
    Identity root = makeRoot(u"Known root"_s);
    QTemporaryFile roots;

    MailLab()
    {
        if (roots.open())
            roots.write(root.certificatePem());
        roots.close();
    }
    Identity leafFor(const QString &name) const { return makeSigned({.commonName = name, .names = {name}}, root); }
    Judged look(const std::vector<std::pair<QString, quint16>> &servers, QStringList zone = {}) const
    {
        ZoneLook look{.zone = std::move(zone), .caFile = roots.fileName()};
        for (const auto &[host, port] : servers) {
            look.zone << u"example.com. 60 IN MX 10 %1."_s.arg(host) << u"%1. 60 IN A 192.0.2.1"_s.arg(host);
            look.connects.push_back({host, 25, {u"127.0.0.1"_s, port}});
        }
        return look.run(startTlsCheck());
    }
};

// As the world answers; the mail server shows this certificate.
inline Judged lookInto(const SignedWorld &world, const ScriptedDns::Script &script, const Identity &leaf,
                       const QString &host = kMx)
{
    const ScriptedDns dns(script);
    const HostileServer server(mailServer({.tls = TlsSetup{.chain = {leaf}}}));
    NetOptions options;
    options.resolvers = {dns.address()};
    options.connects = {{host, 25, {u"127.0.0.1"_s, server.port()}}};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    return startTlsCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
}

} // namespace cockpit

Q_DECLARE_METATYPE(cockpit::StartTlsFacts)
Q_DECLARE_METATYPE(cockpit::Expected)
Q_DECLARE_METATYPE(cockpit::lab::ZoneSigning)
