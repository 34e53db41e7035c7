#include "checks/secrets/treewalk.h"

#include <QStringDecoder>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

QString shownPath(QByteArrayView path)
{
    // Nearly every path of a report of ten thousand findings, which whoever stopped the look waits for.
    if (std::ranges::all_of(path, [](char c) { return c >= ' ' && c <= '~'; }))
        return QString::fromLatin1(path);
    QString shown;
    const auto escape = [](char c) {
        return u"\\x"_s + QString::number(static_cast<unsigned char>(c), 16).rightJustified(2, u'0');
    };
    // Character by character: what is wrong in one place need not hide the rest.
    for (qsizetype from = 0; from < path.size();) {
        qsizetype length = 1;
        while (length < 4 && from + length < path.size() && (path[from + length] & 0xc0) == 0x80)
            ++length;
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString character = decoder(path.sliced(from, length));
        const bool isPlain = !decoder.hasError() && std::ranges::all_of(character, [](QChar c) {
            return c.isSurrogate() || (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format);
        });
        if (isPlain) {
            shown += character;
        } else {
            for (const char byte : path.sliced(from, length))
                shown += escape(byte);
        }
        from += length;
    }
    return shown;
}

} // namespace cockpit
