// Numbers and lengths from the wire.
#pragma once

#include <QByteArrayView>

namespace cockpit {

// Reads big-endian numbers from the front; asking for more than there is makes it broken instead of reading on.
class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes) : m_rest(bytes) {}

    int number(int octets)
    {
        int value = 0;
        for (const char byte : bytes(octets))
            value = value << 8 | static_cast<unsigned char>(byte);
        return value;
    }
    QByteArrayView bytes(qsizetype count)
    {
        if (count > m_rest.size()) {
            m_isBroken = true;
            m_rest = {};
            return {};
        }
        const QByteArrayView front = m_rest.first(count);
        m_rest = m_rest.sliced(count);
        return front;
    }
    bool isEmpty() const { return m_rest.isEmpty(); }
    bool isBroken() const { return m_isBroken; }

private:
    QByteArrayView m_rest;
    bool m_isBroken = false;
};

} // namespace cockpit
