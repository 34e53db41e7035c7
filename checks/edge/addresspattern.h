// Addresses as Cloudflare's rules write them, with "*" for any text: "*example.com/*", "https://app.example.com/*".
#pragma once

#include <QString>

namespace cockpit {

struct AddressPattern
{
    QString scheme; // empty without "://"
    QString host;   // up to the first slash
    QString path;   // from there on; empty without one
};
AddressPattern cutAddress(const QString &pattern);

} // namespace cockpit
