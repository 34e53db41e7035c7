// The names of curl's options (curl manual), and what each is about.
#pragma once

#include <QByteArray>

#include <optional>

namespace cockpit {

enum class CurlOption {
    Address,
    Method,
    Header,
    Data,
    RawData,
    EncodedData,
    Json,
    Cookie,
    User,
    Agent,
    Referer,
    Form,
    FormText,
    Get,
    Head,
    Bearer,
    File,
    Flag,
    Ignored, // with a value that does not change what is sent
};

// "-X" or "--request"; nothing for a name that is not known here.
std::optional<CurlOption> curlOptionOf(const QByteArray &name);
bool takesValue(CurlOption option);

} // namespace cockpit
