// A scanner with a few rules, and texts for it.
#pragma once

#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/smallrules.h"

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000);

inline TextScanner scannerWith(const CancelToken &token = {}, const QByteArray &key = QByteArray(32, 'k'))
{
    return TextScanner::make(smallSet(), {key, token, kNow}).value();
}

// "rule kind severity line:column through", a line each; of allowed ones the reason behind.
inline QString shown(const std::vector<SecretHit> &hits)
{
    static const std::array kinds{u"secret"_s, u"public"_s, u"test"_s, u"jwt"_s};
    static const std::array throughs{u""_s, u" base64"_s, u" url"_s, u" escaped"_s, u" utf16"_s};
    QStringList lines;
    for (const SecretHit &hit : hits) {
        QString line = hit.rule->id + u' ' + kinds[static_cast<size_t>(hit.kind)] + u' ' + toWord(hit.severity) +
                       u" %1:%2"_s.arg(hit.line).arg(hit.column) + throughs[static_cast<size_t>(hit.through)];
        if (hit.allowed)
            line += u" allowed("_s + *hit.allowed + u')';
        lines << line;
    }
    return lines.join(u'\n');
}

inline ReadBytes readerOf(std::string_view text, qint64 atOnce = 100000)
{
    auto at = std::make_shared<size_t>(0);
    return [text, at, atOnce](char *to, qint64 most) -> Result<qint64> {
        const size_t count = std::min({static_cast<size_t>(most), static_cast<size_t>(atOnce), text.size() - *at});
        std::memcpy(to, text.data() + *at, count);
        *at += count;
        return static_cast<qint64>(count);
    };
}

inline std::string utf16(std::string_view text, bool isBigEndian, bool hasMark)
{
    std::string out = hasMark ? (isBigEndian ? "\xfe\xff" : "\xff\xfe") : "";
    for (const char c : text) {
        out += isBigEndian ? '\0' : c;
        out += isBigEndian ? c : '\0';
    }
    return out;
}

inline std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

inline std::string escaped(const std::string &text, const char *form)
{
    std::string out;
    for (const char c : text)
        out += QString::asprintf(form, static_cast<unsigned char>(c)).toStdString();
    return out;
}

} // namespace cockpit::test
