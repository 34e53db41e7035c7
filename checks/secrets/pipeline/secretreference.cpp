#include "checks/secrets/pipeline/secretreference.h"

#include "checks/secrets/pipeline/shellcommands.h"
#include "checks/secrets/settings/setting.h"
#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

using namespace std::string_view_literals;
using shell::wordAt;

QString latinText(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

bool isForBrowsers(std::string_view name)
{
    return !env::browserPrefix(latinText(name)).isEmpty();
}

std::string_view secretReferredTo(std::string_view text)
{
    constexpr auto mark = "secrets."sv;
    const size_t expression = text.find("${{"sv);
    for (size_t at = text.find(mark, std::min(expression, text.size())); at != std::string_view::npos;
         at = text.find(mark, at + 1)) {
        if (const std::string_view name = wordAt(text, at + mark.size()); !name.empty() && !isForBrowsers(name))
            return name;
    }
    for (size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        size_t start = at + 1;
        if (byteAt(text, start) == '{' || byteAt(text, start) == '(')
            ++start;
        if (text.substr(std::min(start, text.size()), 4) == "env:"sv)
            start += 4;
        if (const std::string_view name = wordAt(text, start); !name.empty() && env::isServerSecretName(name))
            return name;
    }
    return {};
}

} // namespace cockpit
