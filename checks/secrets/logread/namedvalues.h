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
    char sign = '=';      // or ':'; '>' of a tag of XML
};

enum class NamedForms {
    Plain,
    // Also what comes in the bodies of requests: user[password]=value, user%5Bpassword%5D=value, <Password>value</…>;
    // and all of it with signs that JSON has as numbers (escapedsigns.h).
    OfBodies,
};

// One after the other, by place; those inside the value of another follow it. Linear in the text.
class NamedValues
{
public:
    static constexpr size_t kLongestValue = 4096;

    explicit NamedValues(std::string_view text, NamedForms forms = NamedForms::Plain) : m_text(text), m_forms(forms) {}
    bool next(NamedValue &found); // false: no more

private:
    // What stands between a name and its value.
    struct Sign
    {
        char byte = '\0'; // ":", "=" or ">"; none of them: there is no sign
        size_t start = 0;
        size_t end = 0; // "&gt;" and "\u003e" have more than one byte
    };
    static bool isNameByte(char c);
    Sign signAt(size_t at) const;
    bool nameBefore(const Sign &sign, NamedValue &found) const;
    size_t nameStart(size_t end) const;
    size_t behindBrackets(size_t end, size_t &nameEnd) const;
    bool takeTag(const Sign &sign, NamedValue &found) const;
    void valueBehind(const Sign &sign, NamedValue &found) const;
    size_t takeQuote(size_t start, NamedValue &found) const;

    const std::string_view m_text;
    const NamedForms m_forms;
    size_t m_at = 0;
};

// Lower case, without the signs between its words: "Api-Key", "api_key" and "apiKey" are one name.
std::string plainName(std::string_view name);

} // namespace cockpit
