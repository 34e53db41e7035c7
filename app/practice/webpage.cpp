#include "app/practice/webpage.h"

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

QByteArray PageRequest::header(const QByteArray &name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? QByteArray() : found->second;
}

QString PageRequest::question(QLatin1StringView scheme) const
{
    static constexpr std::array kTelling{"origin", "range", "access-control-request-method",
                                         "access-control-request-headers"};
    QString line = u"HTTP %1 %2://%3%4"_s.arg(QString::fromLatin1(method), scheme, QString::fromLatin1(authority),
                                              QString::fromLatin1(target));
    for (const char *name : kTelling) {
        if (const QByteArray value = header(name); !value.isEmpty())
            line += u", %1: %2"_s.arg(QLatin1StringView(name), QString::fromLatin1(value));
    }
    return line;
}

QByteArray PageReply::header(const QByteArray &name) const
{
    QByteArray value;
    for (const auto &[known, text] : headers) {
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            value = text;
    }
    return value;
}

namespace {

// The value of a parameter such as boundary or filename, quoted or not.
QByteArray parameter(const QByteArray &field, const QByteArray &name)
{
    const qsizetype at = field.indexOf("; " + name + "=");
    if (at < 0)
        return {};
    const QByteArray rest = field.mid(at + name.size() + 3);
    return rest.startsWith('"') ? rest.mid(1, rest.indexOf('"', 1) - 1) : rest.split(';').constFirst().trimmed();
}

FormPart partOf(const QByteArray &head, const QByteArray &bytes)
{
    FormPart part{.name = {}, .fileName = {}, .contentType = {}, .bytes = bytes};
    for (const QByteArray &line : head.split('\n')) {
        const QByteArray value = line.mid(line.indexOf(':') + 1).trimmed();
        if (line.toLower().startsWith("content-disposition:")) {
            part.name = parameter(value, "name");
            part.fileName = parameter(value, "filename");
        } else if (line.toLower().startsWith("content-type:")) {
            part.contentType = value;
        }
    }
    return part;
}

} // namespace

std::vector<FormPart> formParts(const QByteArray &contentType, const QByteArray &body)
{
    std::vector<FormPart> parts;
    if (!contentType.toLower().startsWith("multipart/form-data"))
        return parts;
    const QByteArray edge =
        "--" + parameter("; " + contentType.mid(contentType.indexOf(';') + 1).trimmed(), "boundary");
    if (edge.size() <= 2)
        return parts;
    qsizetype at = body.indexOf(edge);
    while (at >= 0) {
        const qsizetype begin = at + edge.size() + 2; // its line end, or the two dashes of the last one
        const qsizetype next = body.indexOf("\r\n" + edge, begin);
        const qsizetype text = body.indexOf("\r\n\r\n", begin);
        if (next < 0 || text < 0 || text > next)
            break;
        parts.push_back(partOf(body.mid(begin, text - begin), body.mid(text + 4, next - text - 4)));
        at = next + 2;
    }
    return parts;
}

} // namespace cockpit
