#include "checks/web/altservices.h"

#include "checks/net/httpsyntax.h"

#include <QUrl>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class AltReader
{
public:
    explicit AltReader(const QByteArray &line) : m_line(line) {}

    bool isAtEnd() const { return m_at >= m_line.size(); }
    void moveTo(const AltReader &other) { m_at = other.m_at; } // of the same line

    void skipBlanks()
    {
        while (!isAtEnd() && (m_line[m_at] == ' ' || m_line[m_at] == '\t'))
            ++m_at;
    }

    bool take(char c)
    {
        if (isAtEnd() || m_line[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    QByteArray token()
    {
        const qsizetype from = m_at;
        while (!isAtEnd() && isTokenChar(m_line[m_at]))
            ++m_at;
        return m_line.sliced(from, m_at - from);
    }

    std::optional<QByteArray> quoted()
    {
        if (!take('"'))
            return std::nullopt;
        QByteArray text;
        while (!isAtEnd()) {
            char c = m_line[m_at++];
            if (c == '"')
                return text;
            if (c == '\\' && !isAtEnd())
                c = m_line[m_at++];
            text += c;
        }
        return std::nullopt;
    }

    // To the next member, over one that cannot be read: a comma in quotes is none.
    void skipMember()
    {
        bool isQuoted = false;
        for (; !isAtEnd(); ++m_at) {
            const char c = m_line[m_at];
            if (isQuoted && c == '\\')
                ++m_at;
            else if (c == '"')
                isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
                return;
        }
        m_at = std::min(m_at, m_line.size());
    }

private:
    const QByteArray &m_line;
    qsizetype m_at = 0;
};

// alt-authority = [ uri-host ] ":" port
bool readAuthority(const QByteArray &authority, AltService &service)
{
    const qsizetype colon = authority.lastIndexOf(':');
    if (colon < 0 || !isNumber(QByteArrayView(authority).sliced(colon + 1)))
        return false;
    service.port = authority.sliced(colon + 1).toInt();
    if (service.port < 1 || service.port > 65535)
        return false;
    if (colon == 0)
        return true;
    QUrl url;
    url.setHost(QString::fromUtf8(authority.first(colon)), QUrl::StrictMode);
    service.host = url.host(QUrl::FullyEncoded);
    if (service.host.startsWith(u'['))
        service.host = service.host.sliced(1).chopped(1);
    return !service.host.isEmpty();
}

void takeParameter(const QByteArray &name, const QByteArray &value, AltService &service)
{
    if (name.compare("ma", Qt::CaseInsensitive) == 0 && isNumber(value)) {
        bool fits = false;
        const qint64 seconds = value.toLongLong(&fits);
        service.maxAge = fits ? std::min(seconds, kLongestLife) : kLongestLife;
    } else if (name.compare("persist", Qt::CaseInsensitive) == 0) {
        service.persists = value == "1"; // other values are to be ignored (section 3.1)
    }
}

bool readParameters(AltReader &reader, AltService &service)
{
    for (reader.skipBlanks(); reader.take(';'); reader.skipBlanks()) {
        reader.skipBlanks();
        const QByteArray name = reader.token();
        if (name.isEmpty() || !reader.take('='))
            return false;
        const auto quoted = reader.quoted();
        const QByteArray value = quoted ? *quoted : reader.token();
        if (!quoted && value.isEmpty())
            return false;
        takeParameter(name, value, service);
    }
    return true;
}

std::optional<AltService> readService(AltReader &reader)
{
    AltService service;
    service.protocol = QByteArray::fromPercentEncoding(reader.token());
    if (service.protocol.isEmpty() || !reader.take('='))
        return std::nullopt;
    const auto authority = reader.quoted();
    if (!authority || !readAuthority(*authority, service) || !readParameters(reader, service))
        return std::nullopt;
    return service;
}

// Lines of one name may be joined to a list on the way (RFC 9110 section 5.3), so "clear" may be a member of it.
bool takeClear(AltReader &reader)
{
    AltReader ahead = reader;
    if (ahead.token() != "clear")
        return false;
    ahead.skipBlanks();
    if (!ahead.isAtEnd() && !ahead.take(','))
        return false;
    reader.moveTo(ahead);
    return true;
}

void readLine(const QByteArray &line, AltServices &all)
{
    AltReader reader(line);
    while (!reader.isAtEnd() && all.services.size() < kMostAltServices) {
        reader.skipBlanks();
        if (reader.take(',') || reader.isAtEnd())
            continue; // a list may have empty members (RFC 9110 section 5.6.1)
        if (takeClear(reader)) {
            all.clears = true;
            continue;
        }
        auto service = readService(reader);
        reader.skipBlanks();
        const bool isWhole = service && (reader.isAtEnd() || reader.take(','));
        if (isWhole)
            all.services.push_back(std::move(*service));
        else
            reader.skipMember();
        all.isBroken = all.isBroken || !isWhole;
    }
}

} // namespace

AltServices parseAltServices(const std::vector<QByteArray> &lines)
{
    AltServices all;
    for (const QByteArray &line : lines)
        readLine(line, all);
    // With "clear" among them nothing else counts (section 3).
    if (all.clears)
        all.services.clear();
    return all;
}

} // namespace cockpit
