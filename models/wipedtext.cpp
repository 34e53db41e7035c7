#include "models/wipedtext.h"

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
    OPENSSL_cleanse(begin, static_cast<size_t>(text.capacity()) * sizeof *begin);
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
