#include "checks/http/cachecontrol.h"

#include "checks/net/httpsyntax.h"

#include <algorithm>

namespace cockpit {

namespace {

// At commas that do not stand in quotes.
QByteArrayList membersOf(const QByteArray &line)
{
    QByteArrayList members;
    QByteArray member;
    bool isQuoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (isQuoted && c == '\\' && i + 1 < line.size()) {
            member += line[++i];
            continue;
        }
        if (c == '"')
            isQuoted = !isQuoted;
        if (c == ',' && !isQuoted) {
            members.append(member.trimmed());
            member.clear();
        } else {
            member += c;
        }
    }
    return members << member.trimmed();
}

qint64 secondsIn(QByteArray number)
{
    number.replace('"', "");
    const bool isNumber = !number.isEmpty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return 0;
    bool isShort = false;
    const qint64 seconds = number.toLongLong(&isShort);
    return isShort ? std::min(seconds, kLongestLife) : kLongestLife;
}

void take(CacheControl &control, const QByteArray &name, const std::optional<QByteArray> &value)
{
    if (name == "no-store")
        control.noStore = true;
    else if (name == "no-cache")
        control.noCache = control.noCache || !value;
    else if (name == "private")
        control.isPrivate = control.isPrivate || !value;
    else if (name == "public")
        control.isPublic = true;
    else if (name == "must-revalidate" || name == "proxy-revalidate")
        control.mustRevalidate = true;
    else if (name == "immutable")
        control.isImmutable = true;
    else if (name == "max-age" && !control.maxAge)
        control.maxAge = secondsIn(value.value_or(QByteArray()));
    else if (name == "s-maxage" && !control.sharedMaxAge)
        control.sharedMaxAge = secondsIn(value.value_or(QByteArray()));
}

} // namespace

CacheControl parseCacheControl(const QByteArrayList &lines)
{
    CacheControl control;
    for (const QByteArray &line : lines) {
        for (const QByteArray &member : membersOf(line)) {
            if (member.isEmpty())
                continue;
            control.isEmpty = false;
            const qsizetype equals = member.indexOf('=');
            const QByteArray name = (equals < 0 ? member : member.first(equals)).trimmed().toLower();
            take(control, name,
                 equals < 0 ? std::nullopt : std::optional<QByteArray>(member.sliced(equals + 1).trimmed()));
        }
    }
    return control;
}

} // namespace cockpit
