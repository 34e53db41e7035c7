#include "models/wipedtext.h"

#include <openssl/crypto.h>

namespace cockpit {

void wipe(QString &text)
{
    if (text.isDetached())
        OPENSSL_cleanse(text.data(), static_cast<size_t>(text.capacity()) * sizeof(QChar));
    text = QString();
}

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        OPENSSL_cleanse(bytes.data(), static_cast<size_t>(bytes.capacity()));
    bytes = QByteArray();
}

} // namespace cockpit
