#include "checks/net/requesttarget.h"

#include <algorithm>

namespace cockpit {

std::optional<QByteArray> targetIn(const std::vector<Header> &headers)
{
    const auto found = std::ranges::find(headers, kTargetField, &Header::name);
    return found == headers.end() ? std::nullopt : std::optional(found->value);
}

bool isSendableTarget(const QByteArray &target)
{
    return target.startsWith('/') &&
           std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

QByteArray sentAddress(const QUrl &url, const std::vector<Header> &headers)
{
    const auto target = targetIn(headers);
    if (!target)
        return url.toEncoded();
    return url.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment) + *target;
}

} // namespace cockpit
