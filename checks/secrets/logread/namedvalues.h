// What a text gives to names, however it is written: name=value, name: value, "name": "value" (also escaped inside
// another text), name => value, ?name=value.
#pragma once

#include <string>
#include <string_view>

namespace cockpit {

struct NamedValue
{
    std::string_view name;
    std::string_view value; // without its quotes; cut after 4 KB
    size_t valueStart = 0;  // in the text
    bool isQuoted = false;
    bool isQuery = false; // behind a ? or &
    char sign = '=';      // or ':'
};

// One after the other, by place; those inside the value of another follow it. Linear in the text.
class NamedValues
{
public:
    static constexpr size_t kLongestValue = 4096;

    explicit NamedValues(std::string_view text) : m_text(text) {}
    bool next(NamedValue &found); // false: no more

private:
    bool nameBefore(size_t sign, NamedValue &found) const;
    void valueBehind(size_t sign, NamedValue &found) const;

    const std::string_view m_text;
    size_t m_at = 0;
};

// Lower case, without the signs between its words: "Api-Key", "api_key" and "apiKey" are one name.
std::string plainName(std::string_view name);

} // namespace cockpit
