// What comes out of an archive. Internal to the folder.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <cstring>

namespace cockpit {

// Overwritten before it is given back: what was unpacked may hold keys.
class Unpacked
{
public:
    Unpacked() = default;
    Unpacked(const Unpacked &) = delete;
    Unpacked &operator=(const Unpacked &) = delete;
    ~Unpacked() { wipe(m_bytes); }

    QByteArrayView view() const { return m_bytes; }
    qint64 size() const { return m_bytes.size(); }
    void append(const char *piece, qsizetype size)
    {
        if (m_bytes.size() + size > m_bytes.capacity()) {
            QByteArray larger;
            larger.reserve(std::max(2 * m_bytes.capacity(), m_bytes.size() + size));
            larger.append(m_bytes);
            wipe(m_bytes);
            m_bytes.swap(larger);
        }
        m_bytes.append(piece, size);
    }
    static void wipe(QByteArray &bytes)
    {
        if (!bytes.isEmpty())
            explicit_bzero(bytes.data(), static_cast<size_t>(bytes.size()));
    }

private:
    QByteArray m_bytes;
};

} // namespace cockpit
