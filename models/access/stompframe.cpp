#include "models/access/stompframe.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// As old servers know no escapes, those that open a session never use them ("Value Encoding").
bool isEscaped(const QByteArray &command)
{
    return command != "CONNECT" && command != "CONNECTED" && command != "STOMP";
}

std::optional<QByteArray> unescaped(const QByteArray &text)
{
    QByteArray plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            plain += text[i];
            continue;
        }
        switch (++i < text.size() ? text[i] : '\0') {
        case 'r':
            plain += '\r';
            break;
        case 'n':
            plain += '\n';
            break;
        case 'c':
            plain += ':';
            break;
        case '\\':
            plain += '\\';
            break;
        default:
            return std::nullopt; // "MUST be treated as a fatal protocol error"
        }
    }
    return plain;
}

QByteArray escaped(QByteArray text)
{
    text.replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n").replace(':', "\\c");
    return text;
}

class StompReader
{
public:
    explicit StompReader(const QByteArray &bytes) : m_bytes(bytes) {}

    // Between frames.
    void skipLineEnds()
    {
        while (m_at < m_bytes.size() && (m_bytes[m_at] == '\n' || m_bytes[m_at] == '\r'))
            ++m_at;
    }
    bool isAtEnd() const { return m_at >= m_bytes.size(); }
    std::optional<StompFrame> frame();

private:
    std::optional<QByteArray> line();
    std::optional<StompFrame> head();
    std::optional<QByteArray> body(const QJsonObject &headers);

    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

// Its end is a LF, with or without a CR before it.
std::optional<QByteArray> StompReader::line()
{
    const qsizetype end = m_bytes.indexOf('\n', m_at);
    if (end < 0)
        return std::nullopt;
    QByteArray line = m_bytes.mid(m_at, end - m_at);
    m_at = end + 1;
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

std::optional<StompFrame> StompReader::head()
{
    const auto command = line();
    const bool isCommand =
        command && !command->isEmpty() && std::ranges::all_of(*command, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!isCommand)
        return std::nullopt;
    StompFrame frame{.command = *command};
    for (auto header = line(); header; header = line()) {
        if (header->isEmpty())
            return frame;
        const qsizetype colon = header->indexOf(':');
        if (colon <= 0)
            return std::nullopt;
        const bool isPlain = !isEscaped(frame.command);
        const auto name = isPlain ? header->first(colon) : unescaped(header->first(colon));
        const auto value = isPlain ? header->sliced(colon + 1) : unescaped(header->sliced(colon + 1));
        if (!name || !value)
            return std::nullopt;
        if (const QString key = QString::fromUtf8(*name); !frame.headers.contains(key))
            frame.headers.insert(key, QString::fromUtf8(*value));
    }
    return std::nullopt;
}

std::optional<QByteArray> StompReader::body(const QJsonObject &headers)
{
    bool isNumber = false;
    const qlonglong length = headers["content-length"_L1].toString().toLongLong(&isNumber);
    const bool fits = isNumber && length >= 0 && length < m_bytes.size() - m_at;
    const qsizetype end = isNumber ? (fits ? m_at + length : -1) : m_bytes.indexOf('\0', m_at);
    if (end < 0 || m_bytes[end] != '\0')
        return std::nullopt;
    const QByteArray body = m_bytes.mid(m_at, end - m_at);
    m_at = end + 1;
    return body;
}

std::optional<StompFrame> StompReader::frame()
{
    auto frame = head();
    auto rest = frame ? body(frame->headers) : std::nullopt;
    if (!rest)
        return std::nullopt;
    frame->body = std::move(*rest);
    return frame;
}

} // namespace

std::optional<std::vector<StompFrame>> stompFramesIn(const QByteArray &message)
{
    std::vector<StompFrame> frames;
    StompReader reader(message);
    for (reader.skipLineEnds(); !reader.isAtEnd(); reader.skipLineEnds()) {
        auto frame = reader.frame();
        if (!frame)
            return std::nullopt;
        frames.push_back(std::move(*frame));
    }
    return frames;
}

QByteArray toBytes(const StompFrame &frame)
{
    const bool hasEscapes = isEscaped(frame.command);
    // What cannot be said in them is left out: a line's end would begin another header.
    const auto written = [&](const QString &text) {
        const QByteArray bytes = text.toUtf8();
        return hasEscapes ? escaped(bytes) : QByteArray(bytes).replace('\n', "").replace('\r', "");
    };
    QByteArray bytes = frame.command + '\n';
    for (auto it = frame.headers.begin(); it != frame.headers.end(); ++it)
        bytes += written(it.key()) + ':' + written(it.value().toString()) + '\n';
    return bytes + '\n' + frame.body + '\0';
}

QJsonObject stompJson(const StompFrame &frame)
{
    return {{u"stomp"_s, QString::fromLatin1(frame.command)}, {u"headers"_s, frame.headers}};
}

std::optional<StompFrame> stompFrameOf(const QJsonObject &json)
{
    const QByteArray command = json["stomp"_L1].toString().toLatin1();
    if (command.isEmpty() || json.size() != 2 || !json["headers"_L1].isObject())
        return std::nullopt;
    return StompFrame{.command = command, .headers = json["headers"_L1].toObject()};
}

} // namespace cockpit
