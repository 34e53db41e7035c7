#include "checks/web/streamedstate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The literal whose quotation mark stands at `at`, with both marks; empty when it does not end.
QStringView literalAt(QStringView script, qsizetype at)
{
    for (qsizetype i = at + 1; i < script.size(); ++i) {
        if (script[i] == u'\\')
            ++i;
        else if (script[i] == u'"')
            return script.sliced(at, i + 1 - at);
    }
    return {};
}

// Frameworks write their pieces with JSON.stringify. What is no JSON is kept as it stands.
QString decoded(QStringView literal)
{
    const QJsonArray list = QJsonDocument::fromJson('[' + literal.toUtf8() + ']').array();
    return list.isEmpty() ? literal.toString() : list.at(0).toString();
}

} // namespace

QByteArray streamedStateIn(const QStringList &inlineScripts)
{
    static const QRegularExpression piece(u"(?:\\b__next_f[^;\"]{0,60}\\.push\\(\\[1,|"
                                          u"\\bstreamController\\.enqueue\\()\\s?(?=\")"_s);
    QString text;
    for (const QString &script : inlineScripts) {
        qsizetype readTo = 0;
        for (auto it = piece.globalMatch(script); it.hasNext();) {
            const QRegularExpressionMatch found = it.next();
            if (found.capturedStart() < readTo)
                continue;
            const QStringView literal = literalAt(script, found.capturedEnd());
            if (literal.isEmpty())
                break; // nothing behind it ends, either
            text += decoded(literal);
            readTo = found.capturedEnd() + literal.size();
        }
    }
    return text.toUtf8();
}

QString nextBuildIn(const QByteArray &text)
{
    static const QRegularExpression build(u"\"(?:buildId|b)\":\"([\\w-]{6,64})\""_s);
    const QRegularExpressionMatch found = build.match(QString::fromUtf8(text));
    return found.captured(1);
}

} // namespace cockpit
