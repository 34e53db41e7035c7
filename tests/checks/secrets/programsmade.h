// Programs and compiled resources in the forms that app packages have, made when the test runs. Only their texts are
// real: nobody could run them.
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <vector>

namespace cockpit::test {

using Texts = std::vector<QByteArray>;

template<typename Number>
void appendLittle(QByteArray &bytes, Number number)
{
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char *>(&little), sizeof little);
}

template<typename Number>
void putLittle(QByteArray &bytes, qsizetype at, Number number)
{
    QByteArray little;
    appendLittle(little, number);
    bytes.replace(at, little.size(), little);
}

inline QByteArray wide(const QByteArray &text)
{
    QByteArray bytes;
    for (const char c : text)
        bytes.append(c).append('\0');
    return bytes;
}

// The pool of strings of Dalvik: each behind its length (in groups of seven bits), and a NUL at its end.
inline QByteArray dexMade(const Texts &texts)
{
    constexpr qsizetype header = 0x70;
    QByteArray made("dex\n035\0", 8);
    made.resize(header, '\0');
    putLittle<quint32>(made, 0x38, static_cast<quint32>(texts.size()));
    putLittle<quint32>(made, 0x3c, header);
    QByteArray pool;
    for (const QByteArray &text : texts) {
        appendLittle<quint32>(made,
                              static_cast<quint32>(header + 4 * static_cast<qsizetype>(texts.size()) + pool.size()));
        auto length = static_cast<unsigned>(text.size());
        for (; length >= 0x80; length >>= 7)
            pool.append(static_cast<char>((length & 0x7f) | 0x80));
        pool.append(static_cast<char>(length)).append(text).append('\0');
    }
    return made + pool;
}

// .rodata as C and Flutter's own libraries have it.
inline QByteArray elfMade(const Texts &texts)
{
    QByteArray made("\x7f"
                    "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\xb7\0",
                    20);
    made.resize(4096, '\0');
    for (const QByteArray &text : texts)
        made.append(text).append('\0');
    return made;
}

// The snapshot of a Flutter app: texts in a row, each behind twice its length in groups of seven bits, of which the
// last has its highest bit set.
inline QByteArray dartMade(const Texts &texts)
{
    QByteArray made("\x7f"
                    "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\xb7\0",
                    20);
    made.resize(4096, '\0');
    for (const QByteArray &text : texts) {
        auto length = static_cast<unsigned>(2 * text.size());
        for (; length >= 0x80; length >>= 7)
            made.append(static_cast<char>(length & 0x7f));
        made.append(static_cast<char>(length | 0x80)).append(text);
    }
    return made.append('\x80');
}

// Hermes: one row of characters without an end between texts, and a table of where each stands. Long ones, from 255
// characters on, are in a second table.
inline QByteArray hermesMade(const Texts &texts, quint32 functions = 3)
{
    QByteArray made("\xc6\x1f\xbc\x03\xc1\x03\x19\x1f", 8);
    appendLittle<quint32>(made, 96);
    made.resize(128, '\0');
    QByteArray small;
    QByteArray overflow;
    QByteArray storage;
    for (const QByteArray &text : texts) {
        const auto at = static_cast<quint32>(storage.size());
        const auto length = static_cast<quint32>(text.size());
        if (length < 0xff) {
            appendLittle<quint32>(small, at << 1 | length << 24);
        } else {
            appendLittle<quint32>(small, static_cast<quint32>(overflow.size() / 8) << 1 | 0xff000000U);
            appendLittle(overflow, at);
            appendLittle(overflow, length);
        }
        storage += text;
    }
    putLittle(made, 40, functions);
    putLittle<quint32>(made, 44, 1); // kinds
    putLittle<quint32>(made, 48, 2); // identifiers
    putLittle(made, 52, static_cast<quint32>(texts.size()));
    putLittle(made, 56, static_cast<quint32>(overflow.size() / 8));
    putLittle(made, 60, static_cast<quint32>(storage.size()));
    made.resize(made.size() + 16 * functions + 4 * 1 + 4 * 2, '\x01');
    return made + small + overflow + storage + QByteArray(20, '\x02');
}

inline QByteArray machoMade(const Texts &texts)
{
    QByteArray made("\xcf\xfa\xed\xfe\x0c\0\0\1", 8);
    made.resize(4096, '\0');
    for (const QByteArray &text : texts)
        made.append(text).append('\0');
    return made;
}

// The constants of a Java class: a mark, two bytes of length, the text.
inline QByteArray classMade(const Texts &texts)
{
    QByteArray made("\xca\xfe\xba\xbe\0\0\0\x34", 8);
    made.append('\0').append(static_cast<char>(texts.size() + 1));
    for (const QByteArray &text : texts) {
        made.append('\x01').append(static_cast<char>(text.size() >> 8)).append(static_cast<char>(text.size()));
        made.append(text);
    }
    return made.append("\x07\0\x01", 3);
}

inline QByteArray wasmMade(const Texts &texts)
{
    QByteArray made("\0asm\1\0\0\0", 8);
    for (const QByteArray &text : texts)
        made.append(text).append('\0');
    return made;
}

// Android's pool of strings, in resources and compiled manifests: the length in characters, in bytes, the text, a NUL;
// or in UTF-16.
enum class Pool { Utf8, Utf16 };
inline QByteArray resourcesMade(const Texts &texts, Pool pool)
{
    QByteArray made("\x02\0\x0c\0\0\0\0\0\1\0\0\0\x01\0\x1c\0", 16);
    made.resize(40, '\0');
    for (const QByteArray &text : texts) {
        if (pool == Pool::Utf16) {
            appendLittle(made, static_cast<quint16>(text.size()));
            made.append(wide(text)).append("\0\0", 2);
            continue;
        }
        for (int i = 0; i < 2; ++i) {
            if (text.size() >= 0x80)
                made.append(static_cast<char>(0x80 | text.size() >> 8));
            made.append(static_cast<char>(text.size()));
        }
        made.append(text).append('\0');
    }
    return made;
}

inline QByteArray plistMade(const Texts &texts)
{
    QByteArray made("bplist00\xd1\1\2", 11);
    for (const QByteArray &text : texts) {
        if (text.size() < 15)
            made.append(static_cast<char>(0x50 | text.size()));
        else
            made.append("\x5f\x10", 2).append(static_cast<char>(text.size()));
        made.append(text);
    }
    return made.append(QByteArray(32, '\0'));
}

} // namespace cockpit::test
