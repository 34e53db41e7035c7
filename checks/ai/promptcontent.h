// ai.prompt-content: prompts and tool results were read for personal data and keys.
// observed: "files","bytes","roles": [{"role": system|user|assistant|tool|unknown,"messages","kinds": [{"kind": as
// secrets.logs,"count"}],"keys": [{"rule","name","class": secret|public|test_mode,"count"}]}].
// Addresses of machines are not counted: they are no find in a conversation.
#pragma once

#include "checks/ai/promptreading.h"
#include "checks/engine/check.h"

namespace cockpit {

Check promptContentCheck();

struct PromptsRead
{
    std::vector<PromptDigest> digests;
    QStringList gaps;
    std::optional<Error> failed; // none could be read
};

constexpr qint64 kFewestMessages = 20; // fewer without a find prove little
Judged judgePrompts(const PromptsRead &read);

} // namespace cockpit
