// Looks through the memory of the test itself for a value that the test must not hold in plain for that.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

namespace cockpit::testing {

// A value that nobody else has, kept under a mask.
class MaskedValue
{
public:
    explicit MaskedValue(qsizetype letters)
    {
        std::random_device random;
        for (qsizetype i = 0; i < letters; ++i)
            m_masked.push_back(static_cast<char>(('a' + static_cast<int>(random() % 26)) ^ kMask));
    }

    // In plain: whoever asks wipes it.
    QString plain() const
    {
        QString text(static_cast<qsizetype>(m_masked.size()), Qt::Uninitialized);
        std::ranges::transform(m_masked, text.begin(), [](char c) {
            return QChar(static_cast<char16_t>(static_cast<unsigned char>(c ^ kMask)));
        });
        return text;
    }

    // How often the bytes have it, a letter in so many bytes (UTF-8: 1, UTF-16: 2).
    qsizetype countIn(const std::vector<char> &bytes, size_t width) const
    {
        qsizetype count = 0;
        const size_t size = m_masked.size() * width;
        const auto isHere = [&](const char *place) {
            size_t i = 0;
            while (i < m_masked.size() && isLetter(place + i * width, i, width))
                ++i;
            return i == m_masked.size();
        };
        const int first = m_masked.front() ^ kMask;
        const char *const end = bytes.data() + bytes.size();
        for (const char *at = bytes.data(); at < end; ++at) {
            at = static_cast<const char *>(std::memchr(at, first, static_cast<size_t>(end - at)));
            if (!at || static_cast<size_t>(end - at) < size)
                break;
            count += isHere(at) ? 1 : 0;
        }
        return count;
    }

private:
    static constexpr char kMask = 0x15;

    bool isLetter(const char *bytes, size_t letter, size_t width) const
    {
        return (*bytes ^ kMask) == m_masked[letter] && (width == 1 || bytes[1] == 0);
    }

    std::vector<char> m_masked;
};

// In all of this process's memory that can be written; -1: it cannot be read.
inline qsizetype countInOwnMemory(const MaskedValue &value)
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    QFile memory(QStringLiteral("/proc/self/mem"));
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return -1;
    qsizetype count = 0;
    std::vector<char> bytes;
    const QList<QByteArray> lines = maps.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        const QList<QByteArray> ends = words.front().split('-');
        if (ends.size() != 2 || words.value(1).left(2) != "rw")
            continue;
        const qint64 from = ends.front().toLongLong(nullptr, 16);
        const qint64 size = ends.back().toLongLong(nullptr, 16) - from;
        std::ranges::fill(bytes, '\0'); // what was read before is no place of its own
        bytes.assign(static_cast<size_t>(size), '\0');
        if (memory.seek(from) && memory.read(bytes.data(), size) == size)
            count += value.countIn(bytes, 1) + value.countIn(bytes, 2);
        std::ranges::fill(bytes, '\0');
    }
    return count;
}

} // namespace cockpit::testing
