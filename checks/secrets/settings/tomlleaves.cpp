#include "checks/secrets/settings/leaves.h"

#include <algorithm>

namespace cockpit::env {

using namespace std::string_view_literals;

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && " \t\r"sv.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && " \t\r"sv.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return text;
}

std::string keyOfText(std::string_view key)
{
    key = withoutBlanks(key);
    const bool isQuoted = key.size() >= 2 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front();
    return std::string(isQuoted ? key.substr(1, key.size() - 2) : key);
}

Leaves tomlLeaves(std::string_view text)
{
    Leaves read;
    std::vector<std::string> table{"0"};
    int line = 0;
    for (size_t at = 0; at < text.size() && !read.isCut;) {
        ++line;
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content = withoutBlanks(text.substr(at, end - at));
        const size_t start = at;
        at = end + 1;
        if (content.empty() || content.front() == '#')
            continue;
        if (content.front() == '[') {
            table.assign(1, "0");
            std::string_view name = content.substr(std::min(content.find_first_not_of('['), content.size()));
            name = name.substr(0, name.find(']'));
            for (size_t dot = name.find('.'); !name.empty() && table.size() < Leaves::kDeepest; dot = name.find('.')) {
                table.push_back(keyOfText(name.substr(0, dot)));
                name = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
            }
            continue;
        }
        const size_t sign = content.find('=');
        if (sign == std::string_view::npos)
            continue;
        const std::string_view value = withoutBlanks(content.substr(sign + 1));
        if (value.empty())
            continue;
        std::vector<std::string> path = table;
        path.push_back(keyOfText(content.substr(0, sign)));
        const size_t after =
            readFlow(text, static_cast<size_t>(value.data() - text.data()), line, path, read, Quotes::OfToml);
        if (after > end) { // over several lines
            line +=
                static_cast<int>(std::ranges::count(text.substr(start, std::min(after, text.size()) - start), '\n'));
            at = std::min(text.find('\n', after), text.size());
            at += at < text.size() ? 1 : 0;
        }
    }
    return read;
}

} // namespace cockpit::env
