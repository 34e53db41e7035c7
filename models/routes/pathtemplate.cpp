#include "models/routes/pathtemplate.h"

#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestPath = 2000; // servers refuse longer ones

enum class SegmentKind { Word, Id, Hidden };

// ObjectId of MongoDB: 24 hex digits; ULID: 26 of Crockford's letters; "cus_Nffr…": ids of payment services and the
// like.
bool isPlainId(const QString &segment)
{
    static const QRegularExpression id(u"^(?:\\d{1,19}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[a-f]*\\d)[0-9a-"
                                       u"f]{24}|[0-7][0-9A-HJKMNP-TV-Z]{25}|"
                                       u"[a-z]{2,6}_(?=[A-Za-z]*\\d)[A-Za-z0-9]{10,24})$"_s,
                                       QRegularExpression::CaseInsensitiveOption);
    return id.match(segment).hasMatch();
}

// Whoever holds such a value may open something with it.
bool isHidden(const QString &segment)
{
    static const QRegularExpression token(u"^(?:[0-9a-f]{32,}|(?=[^0-9]*\\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_]{20,}|"
                                          u"eyJ[A-Za-z0-9_.-]{20,}|\\d{20,}|[^@]+@[^@]+\\.[A-Za-z]+)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    // Signed and random values in the alphabet of URLs (RFC 4648, 5). Titles are of it, too
    // ("Using-PostgreSQL-15-with-Node"): there no single word changes twice between small and large letters and goes on
    // behind a digit.
    static const QRegularExpression urlSafe(u"^[A-Za-z0-9_.~-]{24,}={0,2}$"_s);
    static const QRegularExpression randomPart(
        u"(?:^|[_.~-])(?=[A-Za-z0-9]*[0-9][A-Za-z])[A-Za-z0-9]*(?:(?:[a-z](?=[A-Z])|[A-Z](?=[a-z]))[A-Za-z0-9]*){2}"_s);
    // A longer part that changes four times and is not written in humps ("YouTubeMusicVsPostgreSQL"), or one with two
    // numbers inside and a change.
    static const QRegularExpression mixedPart(u"(?:^|[_.~-])(?=[A-Za-z0-9]{10})"
                                              u"(?!(?:[A-Z][a-z]++|[a-z]{2,}+|[A-Z]{2,5}+|[0-9]{1,4}+)++(?:[_.~-]|$))"
                                              u"[A-Za-z0-9]*(?:(?:[a-z](?=[A-Z])|[A-Z](?=[a-z]))[A-Za-z0-9]*){4}"_s);
    static const QRegularExpression numberedPart(
        u"(?:^|[_.~-])(?=[A-Za-z]+[0-9]+[A-Za-z]+[0-9]+[A-Za-z]|[0-9]+[A-Za-z]+[0-9]+[A-Za-z]+[0-9]+[A-Za-z])"
        u"[A-Za-z0-9]*(?:[a-z](?=[A-Z])|[A-Z](?=[a-z]))"_s);
    return token.match(segment).hasMatch() ||
           (urlSafe.match(segment).hasMatch() &&
            (randomPart.match(segment).hasMatch() || mixedPart.match(segment).hasMatch() ||
             numberedPart.match(segment).hasMatch()));
}

SegmentKind kindOf(const QString &segment)
{
    if (isPlainId(segment))
        return SegmentKind::Id;
    return isHidden(segment) ? SegmentKind::Hidden : SegmentKind::Word;
}

// The name in :id, [id], [...slug], <int:id>, ${user.id}, {{id}} and {id}; empty when the segment is no hole.
std::optional<QString> holeIn(const QString &segment)
{
    static const QRegularExpression hole(
        u"^(?::([A-Za-z_]\\w*)[?*+]?|\\[{1,2}(?:\\.\\.\\.)?([^\\]]*)\\]{1,2}|<(?:[A-Za-z]+:)?([^>]*)>|"
        u"\\$\\{([^}]*)\\}|\\{\\{([^}]*)\\}\\}|\\{([^}]*)\\})$"_s);
    const QRegularExpressionMatch match = hole.match(segment);
    if (!match.hasMatch())
        return std::nullopt;
    static const QRegularExpression notName(u"[^A-Za-z0-9_]"_s);
    const QString name = match.captured(match.lastCapturedIndex()).section(u'.', -1).remove(notName);
    return name.isEmpty() ? u"param"_s : name;
}

QString withoutQuery(const QString &path)
{
    // A fragment is kept: it names an operation of GraphQL.
    const QString cut = path.left(kLongestPath).section(u'?', 0, 0);
    return cut.startsWith(u'/') ? cut : u'/' + cut;
}

} // namespace

PathTemplate pathTemplate(const QString &path)
{
    const QString whole = withoutQuery(path.trimmed());
    QStringList segments = whole.split(u'/');
    bool wasFilled = false;
    bool isKnown = true;
    int holes = 0;
    for (QString &segment : segments) {
        if (const auto name = holeIn(segment)) {
            segment = u'{' + *name + u'}';
            isKnown = false;
            ++holes;
            continue;
        }
        const SegmentKind kind = kindOf(segment);
        if (kind == SegmentKind::Word)
            continue;
        isKnown = isKnown && kind == SegmentKind::Id;
        wasFilled = true;
        ++holes;
        segment = holes == 1 ? u"{id}"_s : u"{id%1}"_s.arg(holes);
    }
    return {segments.join(u'/'), wasFilled && isKnown ? whole.section(u'#', 0, 0) : QString()};
}

QString shapeOf(const QString &path)
{
    static const QRegularExpression hole(u"\\{[^{}/]*\\}"_s);
    QString shape = pathTemplate(path).path;
    shape.replace(hole, u"{}"_s);
    while (shape.size() > 1 && shape.endsWith(u'/'))
        shape.chop(1);
    return shape;
}

bool hasHoles(const QString &path)
{
    static const QRegularExpression hole(u"\\{[^{}/]*\\}|/:[A-Za-z_]"_s);
    return hole.match(path).hasMatch();
}

} // namespace cockpit
