// The messages of conversations with a language model, from the forms in which people have them.
#pragma once

#include <QString>
#include <QtGlobal>

#include <functional>
#include <string_view>

namespace cockpit {

enum class PromptRole { System, User, Assistant, Tool, Unknown };
constexpr int kPromptRoles = 5;
QString toWord(PromptRole role);
QString labelOf(PromptRole role); // "what people wrote"

struct PromptMessage
{
    PromptRole role = PromptRole::Unknown;
    std::string_view text; // without the escapes of JSON; until the visitor returns
    qint64 line = 1;       // of the file where it begins
    qint64 count = 1;      // how many are in it: in a text without speakers each line may be one
    bool hasLines = false; // its lines are lines of the file; a text of JSON stands on one
};
// False: no more are wanted.
using OnPromptMessage = std::function<bool(const PromptMessage &)>;

// One JSON value, one a line (JSON Lines), or plain text, in which "User:" and the like at the beginning of a line name
// who speaks: all until the next one speaks is handed out together, for a key may stand on many lines. Of JSON:
// {"role","content"} of OpenAI and Anthropic, also with parts, tool calls and tool results; the exports of ChatGPT
// ("mapping", "author") and Claude ("chat_messages", "sender"); {"from","value"} (ShareGPT);
// {"prompt","completion"} and their like. A text that stands under no name of these is of an unknown role.
void readPromptMessages(std::string_view file, const OnPromptMessage &onMessage);

} // namespace cockpit
