// Whether what is given to the name of a password, a token or a code in a line of a log is one: not a word of a
// sentence, a path, or a number of something. Internal to the folder.
#pragma once

#include "checks/secrets/logread/namedvalues.h"

#include <string_view>

namespace cockpit {

constexpr size_t kShortestToken = 8;

bool hasDigit(std::string_view text);
bool isPassword(const NamedValue &named);
bool isToken(const NamedValue &named);
// Digits alone, so many.
bool isCode(std::string_view value, size_t fewest, size_t most);
bool isIdentity(std::string_view value);
// What stands unquoted behind the name of a text ("prompt: You are a …"), where a value would end with its first word.
struct OpenText
{
    std::string_view text; // to the end of the line, of its column, or 4 KB
    size_t size = 0;       // of it without the fields that other names have in it ("tokens=812")
    bool hasBlanks = false;
};
// line: that the name was found in. Empty behind a name in quotes: there a text is in quotes, too, and what is not is a
// number or an object; and where one of these stands behind any name.
OpenText openTextBehind(const NamedValue &named, std::string_view line);
// text: that the value was found in. An object or a list with something in it, or a long text.
bool isBody(const NamedValue &named, std::string_view text);

} // namespace cockpit
