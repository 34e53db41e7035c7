// The policy of MTA-STS as text (RFC 8461 section 3.2), and which mail servers it allows.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "checks/net/httpclient.h"

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

enum class StsMode { None, Testing, Enforce };
QString toWord(StsMode mode);
std::optional<StsMode> stsModeOf(const QString &word);

constexpr auto kStsVersion = "v=STSv1"; // how the record begins

constexpr qint64 kLongestStsAge = 31557600;   // a year, the greatest value of max_age
constexpr qint64 kStsPolicyCap = 64LL * 1024; // what senders read at most (section 3.3)

struct StsPolicy
{
    StsMode mode = StsMode::None;
    qint64 maxAge = 0;      // seconds, as written
    QStringList mx;         // patterns, lower case
    QStringList duplicates; // keys that came again; the first one counts

    bool operator==(const StsPolicy &) const = default;
};

// Lines of "key: value" that end with LF or CRLF; unknown keys are passed over. The error is a sentence for people.
[[nodiscard]] tl::expected<StsPolicy, QString> parseStsPolicy(const QByteArray &text);

// "*." stands for exactly one label (section 4.1).
bool allowsMx(const QStringList &patterns, const QString &host);
bool allowsMx(const StsPolicy &policy, const QString &host);

// "v=STSv1; id=…": the error is a sentence. The value is the id.
[[nodiscard]] tl::expected<QString, QString> parseStsRecord(const QByteArray &text);

DnsLookup stsRecordQuestion(const QString &domain);
HttpGet stsPolicyQuestion(const QString &domain);
// An answer that senders would take a policy from: 200, a trusted certificate, not too large.
bool isUsableStsAnswer(const HttpResponse &response);
// The policy that senders follow today; empty when there is none, or none that they could use. An error where that is
// not known.
[[nodiscard]] Result<std::optional<StsPolicy>> stsPolicyOf(const QString &domain, Observations &seen);

} // namespace cockpit
