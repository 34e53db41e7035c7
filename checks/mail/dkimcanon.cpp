#include "checks/mail/dkimcanon.h"

namespace cockpit {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// Runs of blanks become one, those at the end go (sections 3.4.2 and 3.4.4).
QByteArray withSingleBlanks(const QByteArray &line)
{
    QByteArray out;
    out.reserve(line.size());
    for (const char c : line) {
        if (!isBlank(c))
            out += c;
        else if (!out.endsWith(' '))
            out += ' ';
    }
    if (out.endsWith(' '))
        out.chop(1);
    return out;
}

// Empty lines at the end, all of them (section 3.4.3).
void dropEmptyLinesAtEnd(QByteArray &body)
{
    while (body.endsWith("\r\n\r\n"))
        body.chop(2);
    if (body == "\r\n")
        body.clear();
}

} // namespace

QByteArray canonicalField(const QByteArray &raw, Canonicalization form)
{
    if (form == Canonicalization::Simple)
        return raw;
    const qsizetype colon = raw.indexOf(':');
    QByteArray value = raw.mid(colon + 1);
    value.replace("\r\n", "");
    value = withSingleBlanks(value);
    if (value.startsWith(' '))
        value.remove(0, 1);
    return raw.left(colon).trimmed().toLower() + ':' + value + "\r\n";
}

QByteArray canonicalBody(const QByteArray &body, Canonicalization form)
{
    QByteArray canonical;
    if (form == Canonicalization::Simple) {
        canonical = body;
    } else {
        canonical.reserve(body.size());
        for (qsizetype at = 0; at < body.size();) {
            const qsizetype end = body.indexOf("\r\n", at);
            const qsizetype stop = end < 0 ? body.size() : end;
            canonical += withSingleBlanks(body.mid(at, stop - at)) + "\r\n";
            at = stop + 2;
        }
    }
    if (!canonical.isEmpty() && !canonical.endsWith("\r\n"))
        canonical += "\r\n";
    dropEmptyLinesAtEnd(canonical);
    // Section 3.4.3: an empty body is one CRLF; section 3.4.4: or, relaxed, nothing.
    if (canonical.isEmpty() && form == Canonicalization::Simple)
        canonical = "\r\n";
    return canonical;
}

} // namespace cockpit
