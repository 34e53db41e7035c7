#include "models/wipedtext.h"

#include <cstring>

#include <openssl/crypto.h>

namespace cockpit {

namespace {

// What was taken off the front leaves a gap there, and stands in it still: Qt moves the beginning and not the text.
template<typename Text>
void overwriteAll(Text &text)
{
    if (!text.isDetached())
        return;
    auto *begin = text.data() - text.data_ptr().freeSpaceAtBegin();
    const size_t bytes = static_cast<size_t>(text.capacity()) * sizeof *begin;
    std::memset(static_cast<void *>(begin), 0, bytes); // AddressSanitizer looks at this, and not at OpenSSL's assembly
    OPENSSL_cleanse(begin, bytes);                     // no compiler leaves this out
}

} // namespace

void overwrite(QString &text)
{
    overwriteAll(text);
}

void overwrite(QByteArray &bytes)
{
    overwriteAll(bytes);
}

void wipe(QString &text)
{
    overwrite(text);
    text = QString();
}

void wipe(QByteArray &bytes)
{
    overwrite(bytes);
    bytes = QByteArray();
}

} // namespace cockpit
