// What a look for secrets says, and its forms: text for a terminal, JSON and SARIF for programs. Values are never part
// of it, only their ends. One value is one finding, in however many places it stands: files, archives, history.
#pragma once

#include "checks/secrets/historyscan.h"
#include "checks/secrets/leakbaseline.h"
#include "checks/secrets/treescan.h"

#include <QByteArray>
#include <QString>

#include <set>

namespace cockpit {

enum class Standing {
    Open,       // a finding
    Public,     // made for browsers: listed, and no finding
    Remarked,   // a remark on its line allows it, wherever it stands now
    InBaseline, // accepted in the baseline
};

struct ReportedSecret
{
    Standing standing = Standing::Open;
    Severity severity = Severity::Low; // the worst of the places that no remark allows
    // Never empty. The one that matters most first: a file as it is now before history, and no remark before one. Of
    // what is a repository itself the history comes first: its files are none that anybody wrote.
    std::vector<FoundSecret> places;
    // The earliest of its places in history that a commit has; null: none.
    std::shared_ptr<const HistoryPlace> history = nullptr;
    // Empty: nobody looked at the history; or it stands in a file, not all of the history could be read, and HEAD does
    // not have it in what was.
    std::optional<bool> isInHead = std::nullopt;
    bool isHalfLookedUp = false; // the latter
    bool isPassedOver = false;   // and by that: the history passes over what it stands in

    const FoundSecret &main() const { return places.front(); }
};

struct SecretsReport
{
    std::vector<ReportedSecret> secrets; // worst first, then by place
    TreeScan scan;                       // its `found` is empty; all of it is where files were not looked at
    std::optional<HistoryScan> history;  // its `found` is empty; none where git was not asked
    QString toolVersion;
    bool isOfChange = false;   // LookAt::Change
    bool isRepository = false; // SecretsFound::isRepository
    // Remarks of other programs without a reason, in a change: they excuse nothing there.
    qint64 unreasonedMarks = 0;

    bool isStopped() const { return scan.walk.isStopped || (history && history->isStopped); }
    // There was something, and none of it could be read, or none of it is text.
    bool hasReadNothing() const;
    // Some of it could not be read (HistoryScan::unseen); nothing is said of what is no text.
    bool hasUnseen() const { return scan.walk.unreadable > 0 || (history && history->unseen > 0); }
    // Most of what it holds is packed, and only a look at its history reads that: its files say little of it.
    bool needsHistory() const { return isRepository && !history; }
    qint64 files() const { return scan.walk.files - scan.binaries; } // looked at as they are now
    qint64 versions() const { return history ? history->counts.files - history->binaries : 0; }
    // Passed over because they are no text: files, versions that git has, members of archives.
    qint64 binaries() const;
    QStringList gaps() const;
    qint64 bytes() const { return scan.bytes + (history ? history->bytes : 0); }
    qsizetype valuesThatAre(Standing standing) const;
};

struct SecretsFound
{
    TreeScan files = {};
    std::optional<HistoryScan> history = std::nullopt;
    bool isRepository = false; // the folder itself, bare or a .git: its files are git's
};

// A change is guarded: whoever makes it may excuse a line of it only with a reason that others can read.
enum class LookAt { Everything, Change };

// accepted: the fingerprints of values that are no findings.
SecretsReport makeSecretsReport(SecretsFound found, const std::set<QByteArray> &accepted, const QString &toolVersion,
                                LookAt look = LookAt::Everything);

// Each fingerprint becomes the HMAC of itself with this key. They may have been made with the key of a baseline:
// whoever has that file has the key, and could test guesses against a report as fast as he likes, whatever slow hash
// the file itself has. key: one that stands in no file that is shared.
void renewFingerprints(SecretsReport &report, const QByteArray &key);

// An open one of this severity or a worse one.
bool reaches(const SecretsReport &report, Severity threshold);

enum class SecretsDetail { Findings, Everything };
enum class SecretsColour { Off, On };

QByteArray secretsJson(const SecretsReport &report);  // cli.md
QByteArray secretsSarif(const SecretsReport &report); // 2.1.0
QString secretsText(const SecretsReport &report, SecretsDetail detail, SecretsColour colour);

} // namespace cockpit
