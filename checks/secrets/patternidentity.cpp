#include "checks/secrets/patternidentity.h"

#include <cstdlib>

#include <hs/hs.h>

namespace cockpit {

PatternIdentity::PatternIdentity()
{
    hs_platform_info_t platform{};
    hs_populate_platform(&platform);
    add(hs_version());
    add(QByteArray::number(platform.tune) + '.' + QByteArray::number(platform.cpu_features));
}

void PatternIdentity::add(QByteArrayView part)
{
    const QByteArray length = QByteArray::number(part.size());
    m_hash.addData(length);
    m_hash.addData(QByteArrayView(":"));
    m_hash.addData(part);
}

QByteArray bytesOf(const hs_database *database)
{
    char *bytes = nullptr;
    size_t length = 0;
    if (!database || hs_serialize_database(database, &bytes, &length) != HS_SUCCESS)
        return {};
    QByteArray written(bytes, static_cast<qsizetype>(length));
    std::free(bytes); // NOLINT(cppcoreguidelines-no-malloc): Hyperscan's allocator is malloc() unless told otherwise
    return written;
}

bool readDatabase(const QByteArray &bytes, hs_database *&database)
{
    return hs_deserialize_database(bytes.constData(), static_cast<size_t>(bytes.size()), &database) == HS_SUCCESS;
}

} // namespace cockpit
