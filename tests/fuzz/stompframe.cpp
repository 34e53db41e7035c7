// Frames of STOMP, as a server sends them on a WebSocket.
#include "fuzz/fuzz.h"

#include "models/access/stompframe.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray all = inputOf(bytes, size);
    const auto frames = stompFramesIn(all);
    if (!frames)
        return 0;
    qsizetype held = 0;
    for (const StompFrame &frame : *frames) {
        promise(!frame.command.isEmpty(), "a frame has a command");
        held += frame.command.size() + frame.body.size();
        // Its length may be told otherwise than its body is long once it is written again.
        StompFrame bare = frame;
        bare.headers.remove(QStringLiteral("content-length"));
        const auto again = bare.body.contains('\0') ? std::nullopt : stompFramesIn(toBytes(bare));
        promise(!again || again->size() == 1, "what is written is one frame");
        promise(!again || again->front().body == bare.body, "with the same body");
        promise(stompFrameOf(stompJson(bare)).has_value(), "and its JSON is known again");
    }
    promise(held <= all.size(), "nothing is made up");
    return 0;
}
