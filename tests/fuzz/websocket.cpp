// Frames of a WebSocket's server.
#include "fuzz/fuzz.h"

#include "checks/net/websocketframe.h"

#include <algorithm>
#include <vector>

using namespace cockpit;

namespace {

constexpr WebSocketLimits kLimits{.message = 300, .total = 2000, .frames = 40};

struct Heard
{
    std::vector<WebSocketEvent> events;
    bool isBroken = false;
};

void read(WebSocketReader &reader, Heard &heard)
{
    while (!heard.isBroken) {
        const auto event = reader.next();
        heard.isBroken = !event;
        if (!event || !*event)
            return;
        heard.events.push_back(**event);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray all = inputOf(bytes, size);
    Heard atOnce;
    WebSocketReader whole(kLimits);
    whole.feed(all);
    read(whole, atOnce);
    Heard inPieces;
    WebSocketReader slow(kLimits);
    constexpr qsizetype kPiece = 3;
    for (qsizetype at = 0; at < all.size() && !inPieces.isBroken; at += kPiece) {
        slow.feed(QByteArrayView(all).sliced(at, std::min(kPiece, all.size() - at)));
        read(slow, inPieces);
    }
    promise(atOnce.events == inPieces.events, "how the bytes arrive does not matter");
    promise(atOnce.isBroken == inPieces.isBroken, "nor for where it ends");
    promise(atOnce.events.size() <= static_cast<std::size_t>(kLimits.frames), "no more events than frames");
    for (const WebSocketEvent &event : atOnce.events) {
        promise(event.payload.size() <= kLimits.message, "no message is longer than allowed");
        promise(event.kind != WebSocketEvent::Kind::Text || event.payload.isValidUtf8(), "text is UTF-8");
        promise(event.kind != WebSocketEvent::Kind::Close || (event.code >= 1000 && event.code < 5000),
                "a close code is one");
    }
    return 0;
}
