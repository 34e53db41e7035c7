// Header lines of one response, taken one by one as they arrive.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

// Grammar (RFC 9112 sections 4 and 5): status-line *( field-line ) empty-line. Interim responses (1xx) are replaced by
// the final one; an obsolete line folding is joined to the line before it; trailers after the body are not headers.
class HeaderCollector
{
public:
    // One line with or without its line end. False when the flood caps are passed: take no more.
    bool take(QByteArrayView line);

    int status() const { return m_status; }
    const QByteArray &version() const { return m_version; }
    const std::vector<Header> &headers() const { return m_headers; }
    bool isComplete() const { return m_isComplete; }
    bool isFlooded() const { return m_isFlooded; }

private:
    void startResponse(QByteArrayView statusLine);
    void addField(QByteArrayView line);

    int m_status = 0;
    QByteArray m_version;
    std::vector<Header> m_headers;
    qint64 m_bytes = 0;
    int m_lines = 0;
    bool m_isComplete = false;
    bool m_isFlooded = false;
};

} // namespace cockpit
