// Conversations with a language model, in the forms that people export.
#include "fuzz/fuzz.h"

#include "checks/ai/promptmessages.h"

#include <algorithm>

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view file(reinterpret_cast<const char *>(bytes), size);
    const auto lines = static_cast<qint64>(std::count(file.begin(), file.end(), '\n')) + 1;
    qint64 last = 1;
    size_t characters = 0;
    readPromptMessages(file, [&](const PromptMessage &message) {
        promise(message.line >= last && message.line <= lines, "lines follow each other");
        promise(message.count >= 1, "a message at least");
        last = message.line;
        characters += message.text.size();
        return true;
    });
    promise(characters <= size, "no text is handed out twice");
    int first = 0;
    readPromptMessages(file, [&](const PromptMessage &) { return ++first < 2; });
    promise(first <= 2, "who wants no more gets no more");
    return 0;
}
