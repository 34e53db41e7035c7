// A JSON text as a tree that refers to the text: no value is copied, so none is left in memory.
#pragma once

#include "checks/secrets/wipedmemory.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cockpit {

class JsonTree
{
public:
    static constexpr size_t kMostNodes = 4'000'000;
    static constexpr int kDeepest = 100;
    static constexpr size_t kNone = static_cast<size_t>(-1);

    enum class Kind { Object, Array, Text, Other };
    struct Node
    {
        Kind kind = Kind::Other;
        std::string_view name;  // of a member; raw
        std::string_view value; // of a text (without quotes, raw) or another scalar; of the rest where it begins
        size_t firstChild = kNone;
        size_t next = kNone; // of the same object or array
    };

    // The whole text is one value, blanks around it aside. Empty: it is none, or past a limit.
    static std::optional<JsonTree> parse(std::string_view text);

    const Node &node(size_t index) const { return m_nodes[index]; }
    const Node &root() const { return m_nodes.front(); }
    // A member by its name; nullptr: none.
    const Node *member(const Node &object, std::string_view name) const;

private:
    class Parser;
    std::vector<Node> m_nodes;
};

// Without escapes, as UTF-8.
WipedBytes plainJsonText(std::string_view raw);

} // namespace cockpit
