// edge.bot-and-ddos: flood protection and bot filtering are on. Cloudflare's protection from floods is always on; what
// can be wrong is an exception that weakens it.
// observed: "bots": "on"|"off"|"unknown"|null (null: could not be read), "verified_bots": word|null,
// "flood_exceptions": [{"name","sensitivity","action"}]|null; without a zone: "answer".
#pragma once

#include "checks/engine/check.h"

#include <QJsonValue>

namespace cockpit {

enum class BotFilter { On, Off, Unknown };
QString toWord(BotFilter filter);

// An exception from the flood protection that is on.
struct FloodException
{
    QString name;
    QString sensitivity; // "low", "eoff" (essentially off), may be empty
    QString action;      // "log", may be empty

    bool isHole() const; // it lets floods through
    bool operator==(const FloodException &) const = default;
};

struct BotFacts
{
    std::optional<BotFilter> filter; // none: could not be read
    QString verifiedBots;            // "block" keeps search engines out; may be empty
    std::optional<std::vector<FloodException>> exceptions;
    QStringList unread;
};

BotFilter readBotFilter(const QJsonValue &botManagement);
std::vector<FloodException> readFloodExceptions(const QJsonValue &rules);

Check botAndDdosCheck();
Judged judgeBotAndDdos(const BotFacts &facts);

} // namespace cockpit
