// The members of a JSON text one after the other, as they stand in it: no tree is built and no value is copied.
#pragma once

#include <string_view>
#include <vector>

namespace cockpit {

struct JsonMember
{
    std::string_view parent; // the name that the object around it was given to; empty: the outermost
    std::string_view name;   // of an element: that of its array
    std::string_view value;  // raw: a text without its quotes, its escapes as they are
    bool isText = false;
};

// Linear. What is no JSON ends the walk: what came before was handed out.
class JsonWalker
{
public:
    explicit JsonWalker(std::string_view text) : m_text(text) {}
    bool next(JsonMember &member); // false: the end

private:
    struct Level
    {
        std::string_view name;
        bool isObject = false;
    };
    std::string_view takeText();
    std::string_view takeScalar();
    void skipBlanks();
    bool open(std::string_view name);
    bool takeValue(std::string_view name, JsonMember &member, bool &isMember);

    static constexpr size_t kDeepest = 64;
    const std::string_view m_text;
    size_t m_at = 0;
    std::vector<Level> m_levels;
};

} // namespace cockpit
