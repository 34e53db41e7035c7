#include "checks/secrets/connectionaddress.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

bool isScheme(std::string_view text)
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return isWordByte(c) || c == '+' || c == '-' || c == '.'; });
}

} // namespace

std::string_view hostsAt(std::string_view rest)
{
    return rest.substr(0, rest.find_first_of("/?#"sv));
}

std::string_view withoutPort(std::string_view host)
{
    const size_t bracket = host.starts_with('[') ? host.find(']') : std::string_view::npos;
    return bracket != std::string_view::npos ? host.substr(0, bracket + 1) : host.substr(0, host.find(':'));
}

std::optional<ConnectionAddress> connectionAddressOf(std::string_view value)
{
    const size_t joint = value.find("://"sv);
    const std::string_view scheme = value.substr(0, std::min(joint, value.size()));
    if (joint == std::string_view::npos || !isScheme(scheme))
        return std::nullopt;
    const std::string_view rest = value.substr(joint + 3);
    // Some write a password with these signs as it is: another @, a #, a slash.
    const size_t inAuthority = rest.substr(0, rest.find_first_of("/?"sv)).rfind('@');
    const size_t at = inAuthority != std::string_view::npos ? inAuthority : rest.rfind('@');
    if (at == std::string_view::npos)
        return ConnectionAddress{{}, {}, hostsAt(rest), scheme};
    const size_t colon = rest.substr(0, at).find(':');
    const std::string_view hosts = hostsAt(rest.substr(at + 1));
    if (colon == std::string_view::npos)
        return ConnectionAddress{rest.substr(0, at), {}, hosts, scheme};
    return ConnectionAddress{rest.substr(colon + 1, at - colon - 1), rest.substr(0, colon), hosts, scheme};
}

bool goesOnToAnotherHost(std::string_view text, size_t end)
{
    constexpr size_t longest = 256;
    const std::string_view behind = text.substr(std::min(end, text.size()), longest);
    const std::string_view rest = behind.substr(0, behind.find_first_of(" \t\r\n\"'`<>,"sv));
    // "postgres://…;https://user@…" is another address.
    return rest.substr(0, rest.find("://"sv)).find('@') != std::string_view::npos;
}

bool isReachedByName(const ConnectionAddress &address)
{
    return !isEachHost(address.hosts, [](std::string_view host) {
        return !host.starts_with('[') && host.find('.') == std::string_view::npos;
    });
}

} // namespace cockpit
