// Who may be attacked: proof of control over the target, and the agreement of a person to send hostile requests to it.
// Pure logic; the time is passed in, and the looking up is done elsewhere.
#pragma once

#include "models/result.h"
#include "models/target.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace cockpit {

// How control was shown.
enum class ControlMethod { TxtRecord, WellKnownFile, Loopback };
QString toWord(ControlMethod value);
std::optional<ControlMethod> controlMethodFromWord(QStringView word);
QString labelOf(ControlMethod value);

// What active checks may spend in one run, all of them together.
struct ActiveBudget
{
    int requests = 300;
    double perSecond = 5;
    int lockableAccounts = 1; // throw-away test accounts that may end up locked out

    bool operator==(const ActiveBudget &) const = default;
};

constexpr int kMostActiveRequests = 20000;
constexpr double kMostActivePerSecond = 50;
constexpr double kFewestActivePerSecond = 0.1;
constexpr int kMostLockableAccounts = 5;

// The budget itself, or BadInput with the bounds in words.
[[nodiscard]] Result<ActiveBudget> checkedBudget(const ActiveBudget &budget);

// Somebody who can publish under the domain put the project's token there.
struct ControlProof
{
    ControlMethod method = ControlMethod::TxtRecord;
    QString domain; // A-labels: the registrable domain, and all hosts under it; for a file, the host that served it
    QDateTime provenAt;

    bool operator==(const ControlProof &) const = default;
};

// Domains are sold and handed over: after this, it is shown again.
constexpr std::chrono::hours kControlValidFor{7 * 24};

struct Permission
{
    QString token; // newControlToken(), made once for each project; public once it is in DNS, so no secret
    std::optional<ControlProof> proof;
    ActiveBudget budget;
    QString agreedBy;
    QDateTime agreedAt;
    bool stopped = false; // the kill switch: nothing is sent until a person takes it back
    QString agreedFor;    // the domain of the target that was agreed to: an agreement does not move to another
    QByteArray seal;      // sealOf() with the key of the machine on which it was given; hexadecimal

    bool operator==(const Permission &) const = default;
};

enum class PermissionState { NotProven, Expired, NotAgreed, OtherTarget, Stopped, Given };

// 32 characters of A-Z a-z 0-9 - _ from the system's generator.
QString newControlToken();
bool isControlToken(const QString &text);

// Whether hostile requests may be sent to this target now. A target that is all loopback needs no proof; the agreement
// it needs all the same. A proof from the future counts for nothing.
PermissionState permissionState(const Permission &permission, const Target &target, const QDateTime &now);
// For people, with what to do next.
QString sentenceOf(PermissionState state);
// When the proof ends to count; null without one.
QDateTime provenUntil(const Permission &permission);

// All its hosts are on this machine.
bool isLoopbackTarget(const Target &target);
// Whether the proof speaks for this host: the domain itself or a name under it. Never for all names under a public
// suffix; and what "runs on this computer" has a name that nobody can own (RFC 6761: .test, .localhost).
bool coversHost(const ControlProof &proof, const QString &host);

// The hosts of the target that hostile requests may go to (ActiveTerms::hosts): those that the proof covers, and those
// on this machine; not the hosts of mail. A file that was served by app.example.com covers that host and those under
// it.
QStringList permittedHosts(const Permission &permission, const Target &target);

// The agreement of a person for this target; BadInput without a name.
[[nodiscard]] Result<Permission> withAgreement(Permission permission, const Target &target, const QString &by,
                                               const QDateTime &now);
// Another budget. A larger one than was agreed to takes the agreement back.
[[nodiscard]] Result<Permission> withBudget(Permission permission, const ActiveBudget &budget);

// Where the token is published.
QString txtRecordName(const QString &domain); // _launch-cockpit.<domain>
QString txtRecordValue(const QString &token); // launch-cockpit-verification=<token>
QString wellKnownPath();                      // /.well-known/launch-cockpit.txt
// Whether a TXT record's text, or the body of the well-known file, is this token's: the value alone on one of its lines
// (at most 20), blanks around it. The file may hold the token alone.
bool publishesToken(const QByteArray &text, const QString &token);

// A project file that came by mail must not bring the permission of a stranger: HMAC-SHA256 over everything in it but
// the seal and the kill switch, with a key that never leaves the machine (32 bytes of the fingerprint key serve).
QByteArray sealOf(const Permission &permission, const QByteArray &machineKey);
Permission sealed(Permission permission, const QByteArray &machineKey);
// Without proof and agreement when the seal is not of this machine; the token, the budget and the kill switch stay.
Permission ownPermission(Permission permission, const QByteArray &machineKey);

// What a store or a window may be given: a valid token (or none yet), a budget within its bounds, a proof for a host
// name, no text that looks like a secret. BadInput otherwise.
[[nodiscard]] Result<Permission> checkedPermission(Permission permission);

// The stored form. Empty for words that this program does not know, and for what checkedPermission() refuses.
QJsonObject toJson(const Permission &permission);
std::optional<Permission> permissionFromJson(const QJsonObject &object);

} // namespace cockpit
