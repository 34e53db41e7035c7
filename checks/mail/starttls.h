// mail.starttls: the domain's mail servers accept encrypted connections (RFC 3207), with a certificate that senders who
// ask for one would take, and TLSA records that fit it (DANE, RFC 7672).
// observed: servers[{host, address, greeting, starttls (words of StartTlsState), version, versions[] (all that it
// takes; null: not asked, or versions_problem says why not), chain, name_matches, dane
// (absent|unsigned|bogus|unusable|matches| mismatch|unknown), dane_at (the name of the TLSA records), dane_roll_over;
// or host and problem alone}], port_25 (open|blocked|unknown), mx_proof (secure|insecure|bogus|unknown;
// where a host has TLSA records that count), not_seen (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/dane.h"
#include "checks/net/outgoingmail.h"
#include "checks/net/smtpclient.h"
#include "checks/net/smtpversions.h"

#include <QDateTime>

#include <map>

namespace cockpit {

// One connection; a host is asked once for each of its address families.
struct MailServerSeen
{
    QString host;
    SocketAddress address;
    Result<SmtpSession> session;
};

// Something answered there, whatever it was.
bool wasReached(const MailServerSeen &server);

struct StartTlsFacts
{
    QString domain;
    std::vector<MailServerSeen> servers;
    // What stands between: looked at when no server could be reached. Open as well when there is nothing between
    // (loopback, the own network).
    OutgoingMail network = OutgoingMail::Open;
    QStringList enforced;             // hosts that an MTA-STS policy in mode enforce names
    std::map<QString, DaneLook> dane; // by host
    // By host: what else it takes than the version of its session. Left out: it did not encrypt, or was not asked.
    std::map<QString, Result<std::vector<TlsVersion>>> olderVersions = {};
    QStringList notAskedForVersions = {}; // hosts that let strangers wait
    std::map<QString, Error> notFound;    // hosts without an address to connect to, and why
    QStringList leftOut = {};             // hosts that one look does not get to (MailHosts)
    // How well the MX records are proven; asked where a host has TLSA records that count.
    std::optional<Result<SecurityStatus>> mxProof = {};
    std::optional<Error> policyProblem = {}; // why it is not known what an MTA-STS policy names
    QDateTime now = {};

    DaneLook daneOf(const QString &host) const; // Absent when there is none
};

Check startTlsCheck();
Judged judgeStartTls(const StartTlsFacts &facts);

} // namespace cockpit
