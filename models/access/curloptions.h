// The options of a curl command line (curl manual), as far as they say what is sent.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

inline constexpr const char *kFormBoundary = "----launch-cockpit-form";

// Holds secrets, like CurlCommand.
struct CurlOptions
{
    std::vector<QByteArray> addresses;
    QByteArray method;
    std::vector<std::pair<QString, QString>> headers;
    QByteArrayList cookies;
    QByteArray user;
    std::optional<QByteArray> data; // several are joined by &
    QByteArray form;                // parts of multipart/form-data (RFC 7578), without the last boundary
    bool isGet = false;             // -G: data goes into the query
    bool isHead = false;
    bool isJson = false;
};

// words: without "curl" itself. BadInput with a sentence for a file of the machine and for what is not known.
[[nodiscard]] Result<CurlOptions> readCurlOptions(const std::vector<QByteArray> &words);

} // namespace cockpit
