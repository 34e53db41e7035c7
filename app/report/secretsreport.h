// What a look for secrets says, and its forms: text for a terminal, JSON and SARIF for programs. Values are never part
// of it, only their ends.
#pragma once

#include "checks/secrets/leakbaseline.h"
#include "checks/secrets/treescan.h"

#include <QJsonObject>

#include <set>

namespace cockpit {

enum class Standing {
    Open,       // a finding
    Public,     // made for browsers: listed, and no finding
    Remarked,   // a remark on its line allows it
    InBaseline, // accepted in the baseline
};

struct StandingSecret
{
    FoundSecret secret;
    Standing standing = Standing::Open;
};

struct SecretsReport
{
    TreeScan scan; // its `found` is empty: `secrets` has them
    std::vector<StandingSecret> secrets;
    QString toolVersion;

    // Different values among those that stand so.
    qsizetype valuesThatAre(Standing standing) const;
};

SecretsReport makeSecretsReport(TreeScan scan, const std::set<QByteArray> &accepted, const QString &toolVersion);

// An open one of this severity or a worse one.
bool reaches(const SecretsReport &report, Severity threshold);

enum class SecretsDetail { Findings, Everything };
enum class SecretsColour { Off, On };

QJsonObject secretsJson(const SecretsReport &report); // cli.md
QByteArray secretsSarif(const SecretsReport &report); // 2.1.0
QString secretsText(const SecretsReport &report, SecretsDetail detail, SecretsColour colour);

QString toWord(Through value);
QString toWord(LeakKind value);

} // namespace cockpit
