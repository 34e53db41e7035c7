// Cloudflare's settings of a domain in one fixed form, without secrets, so that two exports can be laid side by side.
//     {"zone", "settings": {id: value}, "rules": {phase: [{"name","action","on","expression","parameters"}]},
//      "page_rules": {pattern: {action: value}}, "bots": {name: value}, "dns": {"app.example.com A": "proxied"},
//      "certificates": {"*.example.com, example.com": "advanced, universal"}, "universal": {"enabled"},
//      "dnssec": {"status"}}
// A part that could not be read is missing.
#pragma once

#include "checks/edge/cloudflareparts.h"

#include <QJsonObject>

namespace cockpit {

// parts: by ZonePart::name ("settings", "dns", "certificates", … or a phase). Ids, dates and addresses are left
// out; what a rule compares anything with but hosts, paths and countries is hidden, and so is what looks like a token
// in a path: shared secrets stand there.
QJsonObject exportOf(const CloudflareZone &zone, const std::vector<ZonePart> &parts);
// The expression as an export may show it.
QString shownExpression(const QString &expression);
// A path without what looks like a token, and the same for a page rule's pattern.
QString shownPath(const QString &path);
QString shownPattern(const QString &pattern);
// What its owner called a rule, else its expression, as every text may show it.
QString nameOfRule(const QString &given, const QString &expression, int longest);

enum class ChangeKind { Added, Removed, Changed };

struct ExportChange
{
    ChangeKind kind = ChangeKind::Changed;
    QString part; // "settings"
    QString what; // within it: "ssl"
    QString before;
    QString after;

    bool operator==(const ExportChange &) const = default;
};

// What is different, in the order of the form; parts that one of them lacks are not compared.
std::vector<ExportChange> changesBetween(const QJsonObject &before, const QJsonObject &after);
// For people: a sentence.
QString sentenceAbout(const ExportChange &change);
// A setting that its rule took for good, and takes for bad now.
bool isWorse(const ExportChange &change);

} // namespace cockpit
