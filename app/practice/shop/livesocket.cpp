#include "app/practice/shop/livesocket.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <optional>
#include <vector>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook(30);    // between two looks at the records
constexpr std::chrono::seconds kLongestVisit(30); // nobody's page is open for longer here
constexpr std::size_t kMostSubscriptions = 20;
constexpr quint8 kText = 0x81; // the last frame of a text (section 5.2)
constexpr quint8 kClose = 0x88;

// Section 5.2, not masked.
QByteArray textFrame(const QByteArray &text)
{
    QByteArray frame(1, static_cast<char>(kText));
    if (text.size() < 126) {
        frame += static_cast<char>(text.size());
    } else {
        frame += static_cast<char>(126);
        frame += static_cast<char>(text.size() >> 8);
        frame += static_cast<char>(text.size() & 0xff);
    }
    return frame + text;
}

QByteArray inText(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

struct Subscription
{
    QJsonObject wanted;
    QJsonObject record;
};

void take(const QByteArray &text, const Watched &watched, std::vector<Subscription> &subscriptions, SocketTalk &talk)
{
    const QJsonObject wanted = QJsonDocument::fromJson(text).object();
    if (wanted["type"_L1] != "subscribe"_L1)
        return;
    const QJsonObject record = watched(wanted);
    if (record.isEmpty() || subscriptions.size() >= kMostSubscriptions) {
        talk.say(inText({{u"type"_s, u"error"_s}, {u"error"_s, u"not_found"_s}}));
        return;
    }
    subscriptions.push_back({wanted, record});
    talk.say(inText({{u"type"_s, u"subscribed"_s}}));
}

void serve(SocketTalk &talk, const Watched &watched)
{
    std::vector<Subscription> subscriptions;
    const auto until = Clock::now() + kLongestVisit;
    while (talk.isOpen() && Clock::now() < until) {
        if (const auto text = talk.hear(kLook))
            take(*text, watched, subscriptions, talk);
        for (Subscription &one : subscriptions) {
            const QJsonObject now = watched(one.wanted);
            if (now == one.record)
                continue;
            one.record = now;
            talk.say(inText({{u"type"_s, u"changed"_s}, {u"record"_s, now}}));
        }
    }
}

PageReply opening(const PageRequest &request)
{
    const QByteArray key = request.header("sec-websocket-key");
    if (request.header("upgrade").toLower() != "websocket" || key.isEmpty())
        return {.status = 400, .contentType = "application/json", .body = R"({"error":"websocket_only"})"};
    const QByteArray guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    PageReply reply{.status = 101, .contentType = "application/octet-stream", .body = {}};
    reply.add("Upgrade", "websocket");
    reply.add("Connection", "Upgrade");
    reply.add("Sec-WebSocket-Accept", QCryptographicHash::hash(key + guid, QCryptographicHash::Sha1).toBase64());
    return reply;
}

} // namespace

PageReply socketReply(const PageRequest &request, const QByteArray &message)
{
    PageReply reply = opening(request);
    if (reply.status == 101)
        reply.body = textFrame(message);
    return reply;
}

// A frame of a client (section 5.2), each of which is masked (section 5.3).
std::optional<QByteArray> SocketTalk::next()
{
    constexpr qsizetype kMask = 4;
    const auto byteAt = [this](qsizetype at) { return static_cast<quint8>(m_unread[at]); };
    if (m_unread.size() < 2)
        return {};
    const quint8 said = byteAt(1) & 0x7fU;
    const qsizetype head = said == 126 ? 4 : 2;
    if (said == 127 || (byteAt(1) & 0x80U) == 0) { // longer than anything here, or not masked
        m_hasLeft = true;
        return {};
    }
    if (m_unread.size() < head + kMask)
        return {};
    const qsizetype size = said == 126 ? byteAt(2) * 256 + byteAt(3) : said;
    if (m_unread.size() < head + kMask + size)
        return {};
    QByteArray text = m_unread.sliced(head + kMask, size);
    for (qsizetype i = 0; i < size; ++i)
        text[i] = static_cast<char>(text[i] ^ m_unread[head + i % kMask]);
    const bool isText = byteAt(0) == kText;
    m_hasLeft = byteAt(0) == kClose;
    m_unread.remove(0, head + kMask + size);
    return isText ? std::optional(text) : std::nullopt;
}

std::optional<QByteArray> SocketTalk::hear(std::chrono::milliseconds atMost)
{
    if (auto text = next())
        return text;
    m_unread += m_talk.hear(atMost);
    return next();
}

void SocketTalk::say(const QByteArray &text)
{
    m_talk.say(textFrame(text));
}

PageReply talkReply(const PageRequest &request, const std::function<void(SocketTalk &)> &talk)
{
    PageReply reply = opening(request);
    if (reply.status == 101) {
        reply.talk = [talk](Talk &line) {
            SocketTalk socket(line);
            talk(socket);
        };
    }
    return reply;
}

PageReply subscriptionReply(const PageRequest &request, const Watched &watched)
{
    return talkReply(request, [watched](SocketTalk &talk) { serve(talk, watched); });
}

bool isOwnOrigin(const PageRequest &request)
{
    const QByteArray origin = request.header("origin");
    return origin.isEmpty() || origin == "https://" + request.host();
}

} // namespace cockpit::shop
