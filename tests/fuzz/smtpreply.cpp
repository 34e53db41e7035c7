// Replies of mail servers.
#include "fuzz/fuzz.h"

#include "checks/net/smtpreply.h"

#include <algorithm>

using namespace cockpit;

namespace {

bool isPlain(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() != 0x7f; });
}

void checkComplete(const SmtpReplyRead &read, const QByteArray &bytes)
{
    promise(read.consumed > 0 && read.consumed <= bytes.size(), "a reply takes what there is");
    promise(bytes[read.consumed - 1] == '\n', "a reply ends with its line");
    promise(read.reply.code >= 200 && read.reply.code < 600, "a reply has a code of SMTP");
    promise(!read.reply.lines.isEmpty() && read.reply.lines.size() <= kSmtpLinesCap,
            "a reply has a line, and not many");
    promise(isPlain(read.reply.text()), "a reply is shown as plain text");
    const SmtpReplyRead alone = readSmtpReply(bytes.left(read.consumed));
    promise(alone.state == SmtpReplyState::Complete && alone.reply == read.reply, "what follows changes nothing");
    promise(readSmtpReply(bytes.left(read.consumed - 1)).state == SmtpReplyState::NeedMore,
            "without its last byte it is not complete");
    for (const QString &extension : smtpExtensions(read.reply))
        promise(!extension.isEmpty() && extension == extension.toUpper(), "an extension is a word in capitals");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    QByteArray text = inputOf(bytes, size);
    while (true) { // one reply after the other, as a conversation reads them
        const SmtpReplyRead read = readSmtpReply(text);
        if (read.state == SmtpReplyState::NeedMore)
            promise(text.size() <= (kSmtpLineCap + 1) * kSmtpLinesCap + kSmtpLineCap, "waiting for more has an end");
        if (read.state != SmtpReplyState::Complete)
            return 0;
        checkComplete(read, text);
        text.remove(0, read.consumed);
    }
}
