#include "checks/actors/sentheaders.h"

#include <algorithm>

namespace cockpit {

bool hasHeader(const std::vector<Header> &headers, QByteArrayView name)
{
    return std::ranges::any_of(
        headers, [name](const Header &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
}

void addUnlessThere(std::vector<Header> &headers, const Header &header)
{
    if (!hasHeader(headers, header.name))
        headers.push_back(header);
}

bool isFormType(const QByteArray &contentType)
{
    return contentType.trimmed().toLower().startsWith("application/x-www-form-urlencoded");
}

bool saysForm(const std::vector<Header> &headers)
{
    return std::ranges::any_of(headers, [](const Header &header) {
        return header.name.compare("Content-Type", Qt::CaseInsensitive) == 0 && isFormType(header.value);
    });
}

} // namespace cockpit
