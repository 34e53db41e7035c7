#include "checks/ai/promptmessages.h"

#include "checks/ai/jsontree.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using namespace std::string_view_literals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PromptContent)
};

struct RoleWord
{
    std::string_view word;
    PromptRole role;
};

using enum PromptRole;

// What the value of "role", "sender", "from" or "type" may be.
constexpr std::array kRoleWords{
    RoleWord{"system"sv, System},
    RoleWord{"developer"sv, System},
    RoleWord{"user"sv, User},
    RoleWord{"human"sv, User},
    RoleWord{"assistant"sv, Assistant},
    RoleWord{"ai"sv, Assistant},
    RoleWord{"model"sv, Assistant},
    RoleWord{"gpt"sv, Assistant},
    RoleWord{"bot"sv, Assistant},
    RoleWord{"tool"sv, Tool},
    RoleWord{"function"sv, Tool},
    RoleWord{"tool_result"sv, Tool},
    RoleWord{"function_call_output"sv, Tool},
    RoleWord{"tool_use"sv, Assistant},
    RoleWord{"function_call"sv, Assistant},
};

// Names of members whose texts are somebody's.
constexpr std::array kMemberWords{
    RoleWord{"system"sv, System},
    RoleWord{"system_prompt"sv, System},
    RoleWord{"systemPrompt"sv, System},
    RoleWord{"instructions"sv, System},
    RoleWord{"system_instruction"sv, System},
    RoleWord{"prompt"sv, User},
    RoleWord{"input"sv, User},
    RoleWord{"question"sv, User},
    RoleWord{"query"sv, User},
    RoleWord{"completion"sv, Assistant},
    RoleWord{"response"sv, Assistant},
    RoleWord{"output"sv, Assistant},
    RoleWord{"answer"sv, Assistant},
    RoleWord{"tool_result"sv, Tool},
    RoleWord{"tool_results"sv, Tool},
    RoleWord{"tool_output"sv, Tool},
    RoleWord{"functionResponse"sv, Tool},
    RoleWord{"observation"sv, Tool},
};

// Members that are about a message and not of it: ids and times of all kinds.
constexpr std::array kAside{
    "id"sv,           "uuid"sv,        "type"sv,        "role"sv,         "model"sv,         "sender"sv,
    "created_at"sv,   "updated_at"sv,  "create_time"sv, "object"sv,       "finish_reason"sv, "stop_reason"sv,
    "tool_call_id"sv, "tool_use_id"sv, "status"sv,      "content_type"sv, "from"sv};

template<size_t N>
std::optional<PromptRole> roleOf(std::string_view word, const std::array<RoleWord, N> &words)
{
    const auto *const it = std::ranges::find(words, word, &RoleWord::word);
    return it == words.end() ? std::nullopt : std::optional(it->role);
}

class Reader
{
public:
    Reader(const JsonTree &tree, std::string_view file, qint64 line, const OnPromptMessage &onMessage)
        : m_tree(tree), m_at(file.data()), m_line(line), m_onMessage(onMessage)
    {
    }

    void read(const JsonTree::Node &node, PromptRole role)
    {
        switch (node.kind) {
        case JsonTree::Kind::Text:
            hand(node, role);
            return;
        case JsonTree::Kind::Object:
            if (const auto own = roleSaid(node))
                role = *own;
            [[fallthrough]];
        case JsonTree::Kind::Array:
            readInside(node, role);
            return;
        case JsonTree::Kind::Other:
            return;
        }
    }

private:
    // {"role": "user"}, {"author": {"role": "user"}}, {"sender": "human"}.
    std::optional<PromptRole> roleSaid(const JsonTree::Node &object) const
    {
        for (const std::string_view name : {"role"sv, "sender"sv, "from"sv, "type"sv}) {
            const JsonTree::Node *said = m_tree.member(object, name);
            // The type "function" is of a call that the model makes; a result has it as its role.
            if (!said || said->kind != JsonTree::Kind::Text || (name == "type"sv && said->value == "function"sv))
                continue;
            if (const auto role = roleOf(said->value, kRoleWords))
                return role;
        }
        const JsonTree::Node *author = m_tree.member(object, "author"sv);
        return author ? roleSaid(*author) : std::nullopt;
    }

    void readInside(const JsonTree::Node &node, PromptRole role)
    {
        const bool isObject = node.kind == JsonTree::Kind::Object;
        for (size_t child = node.firstChild; child != JsonTree::kNone; child = m_tree.node(child).next) {
            const JsonTree::Node &one = m_tree.node(child);
            if (isObject && std::ranges::find(kAside, one.name) != kAside.end() && one.kind != JsonTree::Kind::Object &&
                one.kind != JsonTree::Kind::Array)
                continue;
            // Inside a message "input" is what the model gives to a tool.
            const auto named = isObject && role == Unknown ? roleOf(one.name, kMemberWords) : std::nullopt;
            read(one, named.value_or(role));
        }
    }

    void hand(const JsonTree::Node &node, PromptRole role)
    {
        if (node.value.empty())
            return;
        // Nodes come in the order of the text.
        m_line += std::count(m_at, node.value.data(), '\n');
        m_at = node.value.data();
        const WipedBytes plain = plainJsonText(node.value);
        m_onMessage({role, plain, m_line});
    }

    const JsonTree &m_tree;
    const char *m_at;
    qint64 m_line;
    const OnPromptMessage &m_onMessage;
};

// "User: …" at the beginning of a line.
std::optional<PromptRole> speakerOf(std::string_view line)
{
    static constexpr std::array speakers{RoleWord{"System:"sv, System}, RoleWord{"User:"sv, User},
                                         RoleWord{"Human:"sv, User},    RoleWord{"Assistant:"sv, Assistant},
                                         RoleWord{"AI:"sv, Assistant},  RoleWord{"Tool:"sv, Tool},
                                         RoleWord{"Function:"sv, Tool}, RoleWord{"Observation:"sv, Tool}};
    const auto *const it =
        std::ranges::find_if(speakers, [line](const RoleWord &one) { return line.starts_with(one.word); });
    return it == speakers.end() ? std::nullopt : std::optional(it->role);
}

template<typename OnLine>
void eachLine(std::string_view text, const OnLine &onLine)
{
    for (qint64 number = 1; !text.empty(); ++number) {
        const size_t end = std::min(text.find('\n'), text.size());
        onLine(text.substr(0, end), number);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool mayBeJson(std::string_view text)
{
    return text.starts_with('{') || text.starts_with('[');
}

} // namespace

void readPromptMessages(std::string_view file, const OnPromptMessage &onMessage)
{
    if (mayBeJson(trimmed(file))) {
        if (const auto tree = JsonTree::parse(file)) {
            Reader(*tree, file, 1, onMessage).read(tree->root(), Unknown);
            return;
        }
    }
    PromptRole speaker = Unknown;
    eachLine(file, [&](std::string_view line, qint64 number) {
        if (mayBeJson(trimmed(line))) {
            if (const auto tree = JsonTree::parse(line)) {
                Reader(*tree, line, number, onMessage).read(tree->root(), Unknown);
                return;
            }
        }
        speaker = speakerOf(line).value_or(speaker);
        if (!trimmed(line).empty())
            onMessage({speaker, line, number});
    });
}

QString toWord(PromptRole role)
{
    switch (role) {
    case System:
        return u"system"_s;
    case User:
        return u"user"_s;
    case Assistant:
        return u"assistant"_s;
    case Tool:
        return u"tool"_s;
    case Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

QString labelOf(PromptRole role)
{
    switch (role) {
    case System:
        return Text::tr("system prompts");
    case User:
        return Text::tr("what people wrote");
    case Assistant:
        return Text::tr("answers of the model");
    case Tool:
        return Text::tr("results of tools");
    case Unknown:
        return Text::tr("other text");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
