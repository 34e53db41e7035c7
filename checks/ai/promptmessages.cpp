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

    // False: no more are wanted.
    bool read(const JsonTree::Node &node, PromptRole role)
    {
        switch (node.kind) {
        case JsonTree::Kind::Text:
            return hand(node, role);
        case JsonTree::Kind::Object:
            if (const auto own = roleSaid(node))
                role = *own;
            [[fallthrough]];
        case JsonTree::Kind::Array:
            return readInside(node, role);
        case JsonTree::Kind::Other:
            return true;
        }
        Q_UNREACHABLE();
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

    bool readInside(const JsonTree::Node &node, PromptRole role)
    {
        const bool isObject = node.kind == JsonTree::Kind::Object;
        for (size_t child = node.firstChild; child != JsonTree::kNone; child = m_tree.node(child).next) {
            const JsonTree::Node &one = m_tree.node(child);
            if (isObject && std::ranges::find(kAside, one.name) != kAside.end() && one.kind != JsonTree::Kind::Object &&
                one.kind != JsonTree::Kind::Array)
                continue;
            // Inside a message "input" is what the model gives to a tool.
            const auto named = isObject && role == Unknown ? roleOf(one.name, kMemberWords) : std::nullopt;
            if (!read(one, named.value_or(role)))
                return false;
        }
        return true;
    }

    bool hand(const JsonTree::Node &node, PromptRole role)
    {
        if (node.value.empty())
            return true;
        // Nodes come in the order of the text.
        m_line += std::count(m_at, node.value.data(), '\n');
        m_at = node.value.data();
        const WipedBytes plain = plainJsonText(node.value);
        return m_onMessage({.role = role, .text = plain, .line = m_line});
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

// Text in which people speak, line after line. What one of them says is a piece of the file as it stands there.
class Transcript
{
public:
    Transcript(std::string_view file, const OnPromptMessage &onMessage) : m_file(file), m_onMessage(onMessage) {}

    bool read()
    {
        for (size_t at = 0; at < m_file.size(); ++m_number) {
            const size_t end = std::min(m_file.find('\n', at), m_file.size());
            if (!take(m_file.substr(at, end - at), at))
                return false;
            at = end + 1;
        }
        return handOut(m_file.size());
    }

private:
    bool take(std::string_view line, size_t at)
    {
        if (mayBeJson(trimmed(line))) {
            if (const auto tree = JsonTree::parse(line)) {
                const bool goesOn =
                    handOut(at) && Reader(*tree, line, m_number, m_onMessage).read(tree->root(), Unknown);
                begin(at + line.size() + 1, m_number + 1);
                return goesOn;
            }
        }
        if (const auto speaker = speakerOf(line)) {
            if (!handOut(at))
                return false;
            begin(at, m_number);
            m_speaker = *speaker;
        }
        if (trimmed(line).empty())
            return true;
        if (m_lines == 0)
            begin(at, m_number);
        ++m_lines;
        return true;
    }

    void begin(size_t at, qint64 number)
    {
        m_from = at;
        m_fromLine = number;
        m_lines = 0;
    }

    bool handOut(size_t to)
    {
        if (m_lines == 0)
            return true;
        const std::string_view text = m_file.substr(m_from, to - m_from);
        return m_onMessage({.role = m_speaker,
                            .text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1),
                            .line = m_fromLine,
                            .count = m_speaker == Unknown ? m_lines : 1,
                            .hasLines = true});
    }

    const std::string_view m_file;
    const OnPromptMessage &m_onMessage;
    PromptRole m_speaker = Unknown;
    qint64 m_number = 1; // of the line at hand
    size_t m_from = 0;   // where what is being said begins
    qint64 m_fromLine = 1;
    qint64 m_lines = 0; // of it, without empty ones
};

} // namespace

void readPromptMessages(std::string_view file, const OnPromptMessage &onMessage)
{
    if (mayBeJson(trimmed(file))) {
        if (const auto tree = JsonTree::parse(file)) {
            Reader(*tree, file, 1, onMessage).read(tree->root(), Unknown);
            return;
        }
    }
    Transcript(file, onMessage).read();
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
