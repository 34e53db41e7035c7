// "Copy as cURL" of a browser's network tools, read back as the request that it stands for.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <utility>
#include <vector>

namespace cockpit {

// Holds whatever the browser sent, passwords and cookies included: it lives in memory until it is read, and is never
// stored, logged or shown.
struct CurlCommand
{
    QString method;                                   // in capitals
    QUrl url;                                         // http or https
    std::vector<std::pair<QString, QString>> headers; // in their order; cookies (-b) and user (-u) as headers
    QByteArray body;
    bool isForm = false; // application/x-www-form-urlencoded
};

// Chrome, Edge, Firefox and Safari, for bash and for cmd. BadInput with a sentence that says what to paste instead: for
// PowerShell's form, text that is no curl command, a file of the machine as body (@file), several addresses, or an
// option that this program does not know; TooLarge past kLongestCommand.
[[nodiscard]] Result<CurlCommand> parseCurlCommand(const QByteArray &command);

} // namespace cockpit
