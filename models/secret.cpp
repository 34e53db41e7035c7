#include "models/secret.h"

#include <openssl/crypto.h>

#include <utility>

namespace cockpit {

namespace {

// QByteArray shares its buffer on copy; a secret needs a buffer of its own, so that wiping it wipes all of it.
QByteArray deepCopy(const QByteArray &value)
{
    return {value.constData(), value.size()};
}

} // namespace

Secret::Secret(QByteArray value) : m_value(deepCopy(value))
{
    // Wipes what the caller handed over for good; a buffer that the caller still holds is theirs.
    if (value.isDetached())
        OPENSSL_cleanse(value.data(), static_cast<std::size_t>(value.size()));
}

Secret::~Secret()
{
    wipe();
}

Secret::Secret(const Secret &other) : m_value(deepCopy(other.m_value)) {}

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_value = deepCopy(other.m_value);
    }
    return *this;
}

Secret::Secret(Secret &&other) noexcept : m_value(std::exchange(other.m_value, {})) {}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_value = std::exchange(other.m_value, {});
    }
    return *this;
}

bool Secret::operator==(const Secret &other) const
{
    return m_value.size() == other.m_value.size() &&
           CRYPTO_memcmp(m_value.constData(), other.m_value.constData(), static_cast<std::size_t>(m_value.size())) == 0;
}

void Secret::wipe() noexcept
{
    if (!m_value.isEmpty())
        OPENSSL_cleanse(m_value.data(), static_cast<std::size_t>(m_value.size()));
    m_value.clear();
}

QDebug operator<<(QDebug debug, const Secret &)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "Secret(" << QStringLiteral("\u2022\u2022\u2022\u2022") << ')';
    return debug;
}

} // namespace cockpit
