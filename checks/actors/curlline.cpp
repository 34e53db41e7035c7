#include "checks/actors/curlline.h"

#include "checks/actors/wire.h"
#include "checks/net/requesttarget.h"

#include <QRegularExpression>
#include <QUrl>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString singleQuoted(const QString &text)
{
    return u'\'' + QString(text).replace("'"_L1, "'\\''"_L1) + u'\'';
}

// In double quotes a shell fills in variables: only ours may be one.
QString quotedWithVariable(const QString &text)
{
    static const QRegularExpression variable(u"\\$(?:TOKEN|COOKIE|API_KEY|PASSWORD|SECRET)\\b"_s);
    QString quoted;
    qsizetype done = 0;
    const auto escape = [](QStringView part) {
        static const QRegularExpression special(u"([\\\\\"$`])"_s);
        return part.toString().replace(special, u"\\\\1"_s);
    };
    for (auto it = variable.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        quoted += escape(QStringView(text).mid(done, match.capturedStart() - done)) + match.captured();
        done = match.capturedEnd();
    }
    if (done == 0)
        return singleQuoted(text);
    return u'"' + quoted + escape(QStringView(text).mid(done)) + u'"';
}

QString withKnownReplaced(QString text, const std::vector<Secret> &known)
{
    constexpr qsizetype kShortest = 4; // shorter ones are in any text
    for (const Secret &secret : known) {
        const QByteArray &value = secret.reveal();
        if (value.size() < kShortest)
            continue;
        text.replace(QString::fromUtf8(value), "$SECRET"_L1);
        text.replace(QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(value))), "$SECRET"_L1);
    }
    return text;
}

bool isSecretHeader(const QByteArray &name)
{
    static const QRegularExpression names(u"(?:token|secret|api-?key|apikey|auth|session|signature|csrf|xsrf)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return names.match(QString::fromLatin1(name)).hasMatch();
}

} // namespace

QString headerWithPlaceholder(const Header &header, const std::vector<Secret> &known)
{
    const QByteArray name = header.name.toLower();
    const QString value = QString::fromUtf8(header.value);
    if (value.isEmpty())
        return value;
    if (name == "cookie")
        return u"$COOKIE"_s;
    if (name == "authorization" || name == "proxy-authorization") {
        const QString scheme = value.section(u' ', 0, 0);
        return value.contains(u' ') ? scheme + u" $TOKEN"_s : u"$TOKEN"_s;
    }
    if (isSecretHeader(name))
        return u"$API_KEY"_s;
    return withKnownReplaced(value, known);
}

QString withoutSecrets(const QString &text, const std::vector<Secret> &known)
{
    static const QRegularExpression parameter(
        u"((?:^|[?&])[\\w.-]*(?:token|secret|password|passwd|pwd|api_?-?key|signature|sig|session)[\\w.-]*=)[^&#\\s]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression member(
        u"(\"[\\w.-]*(?:token|secret|password|passwd|pwd|api_?-?key)[\\w.-]*\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\""_s,
        QRegularExpression::CaseInsensitiveOption);
    QString clean = withKnownReplaced(text, known);
    clean.replace(parameter, u"\\1$SECRET"_s);
    clean.replace(member, u"\\1\"$SECRET\""_s);
    return clean;
}

QString curlLine(const ActiveRequest &request, const std::vector<Secret> &known)
{
    QString line = u"curl -i"_s;
    if (request.method != "GET" || !request.body.isEmpty())
        line += " -X "_L1 + QString::fromLatin1(request.method);
    // curl takes "/../" out of a path unless it is told not to.
    const QString address = QString::fromLatin1(sentAddress(request.url, request.headers));
    line += " --path-as-is "_L1 + quotedWithVariable(withoutSecrets(address, known));
    for (const Header &header : request.headers) {
        if (header.name == kTargetField)
            continue;
        const QString value = headerWithPlaceholder(header, known);
        // An empty header is written with a semicolon (curl's manual).
        const QString text = QString::fromUtf8(header.name) + (value.isEmpty() ? u";"_s : u": "_s + value);
        line += " -H "_L1 + quotedWithVariable(text);
    }
    if (!request.body.isEmpty())
        line += " --data-raw "_L1 + quotedWithVariable(withoutSecrets(QString::fromUtf8(request.body), known));
    return line;
}

} // namespace cockpit
