#include "models/redactorpasses.h"

#include "models/redactor.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace cockpit::redaction {

using namespace Qt::StringLiterals;

namespace {

bool isHidden(char32_t code)
{
    if (code == U'\n' || code == U'\t')
        return false;
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default: // every other category can be seen
        return false;
    }
}

bool isAsciiLetterOrDigit(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

qsizetype endOfRun(QStringView text, qsizetype from, bool (*belongs)(QChar))
{
    while (from < text.size() && belongs(text[from]))
        ++from;
    return from;
}

struct Shape
{
    QLatin1StringView prefix;
    qsizetype shortest; // of the whole token, so that words which merely start alike stay
};

// Prefixes that the issuers document for values that must stay secret.
constexpr std::array kShapes{
    Shape{"eyJ"_L1, 30},         Shape{"sk_live_"_L1, 16}, Shape{"sk_test_"_L1, 16}, Shape{"rk_live_"_L1, 16},
    Shape{"rk_test_"_L1, 16},    Shape{"whsec_"_L1, 16},   Shape{"sk-proj-"_L1, 20}, Shape{"sk-ant-"_L1, 20},
    Shape{"sk-svcacct-"_L1, 20}, Shape{"sk-or-"_L1, 20},   Shape{"sk-"_L1, 35},      Shape{"ghp_"_L1, 20},
    Shape{"gho_"_L1, 20},        Shape{"ghu_"_L1, 20},     Shape{"ghs_"_L1, 20},     Shape{"ghr_"_L1, 20},
    Shape{"github_pat_"_L1, 22}, Shape{"glpat-"_L1, 20},   Shape{"AKIA"_L1, 20},     Shape{"ASIA"_L1, 20},
    Shape{"AIza"_L1, 30},        Shape{"xoxb-"_L1, 15},    Shape{"xoxp-"_L1, 15},    Shape{"xoxa-"_L1, 15},
    Shape{"xoxr-"_L1, 15},       Shape{"xoxs-"_L1, 15},    Shape{"xapp-"_L1, 15},    Shape{"sb_secret_"_L1, 18},
    Shape{"sbp_"_L1, 20},        Shape{"SG."_L1, 30},      Shape{"re_"_L1, 20},      Shape{"npm_"_L1, 30},
    Shape{"hf_"_L1, 30},         Shape{"dop_v1_"_L1, 30},  Shape{"shpat_"_L1, 30},   Shape{"pat-na1-"_L1, 30},
};

bool hasSecretShape(QStringView token)
{
    return std::ranges::any_of(kShapes, [token](const Shape &shape) {
        return token.size() >= shape.shortest && token.startsWith(shape.prefix);
    });
}

// A name may be glued to a token ("sidsk_live_…"). Behind a letter a prefix counts only when what follows can be no
// word
// ("disk_test_environment"), and only one that ends in a separator: base64 holds any four letters.
qsizetype gluedSecretEndingItsPrefixAt(QStringView run, qsizetype separator)
{
    constexpr qsizetype kShortestPrefix = 4;
    constexpr qsizetype kShortestTail = 16;
    const QStringView before = run.left(separator + 1);
    const auto shape = std::ranges::find_if(kShapes, [before](const Shape &one) {
        return one.prefix.size() >= kShortestPrefix && before.endsWith(one.prefix);
    });
    if (shape == kShapes.end())
        return -1;
    const qsizetype end = endOfRun(run, separator + 1, isAsciiLetterOrDigit);
    const QStringView tail = run.mid(separator + 1, end - separator - 1);
    const bool hasDigit = std::ranges::any_of(tail, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return hasDigit && tail.size() >= kShortestTail ? before.size() - shape->prefix.size() : -1;
}

// Where in a run of token characters a secret starts; -1 when nowhere.
qsizetype secretStart(QStringView run)
{
    for (qsizetype i = 0; i < run.size(); ++i) {
        const bool atBoundary = i == 0 || !isAsciiLetterOrDigit(run[i - 1]);
        if (atBoundary && hasSecretShape(run.mid(i)))
            return i;
        if (isAsciiLetterOrDigit(run[i]))
            continue;
        if (const qsizetype start = gluedSecretEndingItsPrefixAt(run, i); start >= 0)
            return start;
    }
    return -1;
}

constexpr auto kKeyBlock = "-----BEGIN PRIVATE KEY-----"_L1;
constexpr auto kKeyBlockEnd = "-----END PRIVATE KEY-----"_L1;
// "-----BEGIN OPENSSH PRIVATE KEY-----" and its like.
constexpr qsizetype kLongestBeginLine = 80;

bool beginsPrivateKey(QStringView fromBegin)
{
    const QStringView line = fromBegin.left(kLongestBeginLine);
    const qsizetype close = line.indexOf("-----"_L1, 10);
    return close > 0 && line.left(close).contains("PRIVATE KEY"_L1);
}

// Behind the END line that closes a block; the end of the text when the block was cut off.
qsizetype endOfKeyBlock(QStringView text, qsizetype from)
{
    const qsizetype end = text.indexOf("-----END "_L1, from);
    if (end < 0)
        return text.size();
    const qsizetype close = text.indexOf("-----"_L1, end + 9);
    return close < 0 ? text.size() : close + 5;
}

} // namespace

bool isTokenChar(QChar c)
{
    return isAsciiLetterOrDigit(c) || c == u'_' || c == u'-' || c == u'.';
}

QString stripped(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t code = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        if (!isHidden(code))
            result += QStringView(text).mid(i, isPair ? 2 : 1);
        i += isPair ? 1 : 0;
    }
    return result;
}

QString dots()
{
    return u"\u2022\u2022\u2022\u2022"_s;
}

bool isMasked(QStringView value)
{
    return value.size() <= 8 && value.endsWith(dots());
}

QString maskPrivateKeys(const QString &text)
{
    QString result;
    qsizetype done = 0;
    for (qsizetype begin = text.indexOf("-----BEGIN "_L1); begin >= 0;
         begin = text.indexOf("-----BEGIN "_L1, begin + 1)) {
        if (!beginsPrivateKey(QStringView(text).mid(begin)))
            continue;
        result += QStringView(text).mid(done, begin - done);
        result += kKeyBlock + dots() + kKeyBlockEnd;
        done = endOfKeyBlock(text, begin + 11);
        begin = done - 1;
    }
    result += QStringView(text).mid(done);
    return result;
}

QString maskUserInfo(const QString &text)
{
    const auto isAuthority = [](QChar c) { return !c.isSpace() && !u"/?#\"'<>\\"_s.contains(c); };
    QString result;
    qsizetype done = 0;
    for (qsizetype at = text.indexOf("://"_L1); at >= 0; at = text.indexOf("://"_L1, done)) {
        const qsizetype start = at + 3;
        const qsizetype end = endOfRun(text, start, isAuthority);
        const QStringView authority = QStringView(text).mid(start, end - start);
        const qsizetype sign = authority.lastIndexOf(u'@');
        const qsizetype colon = authority.left(std::max<qsizetype>(sign, 0)).indexOf(u':');
        result += QStringView(text).mid(done, start - done);
        if (sign > 0) { // the user's name stays, unless it is all there is: then it is a token
            result += authority.left(colon + 1);
            result += dots();
            result += authority.mid(sign);
        } else {
            result += authority;
        }
        done = end;
    }
    result += QStringView(text).mid(done);
    return result;
}

QString maskTokensByShape(const QString &text)
{
    QString result;
    qsizetype done = 0;
    while (done < text.size()) {
        const qsizetype end = endOfRun(text, done, isTokenChar);
        const QStringView run = QStringView(text).mid(done, end - done);
        const qsizetype secret = secretStart(run);
        result += secret < 0 ? run : run.left(secret);
        if (secret >= 0)
            result += maskValue(run.mid(secret).toString());
        if (end < text.size())
            result += text[end];
        done = end + 1;
    }
    return result;
}

namespace {

bool isBase64Char(QChar c)
{
    return isTokenChar(c) || c == u'+' || c == u'/' || c == u'=' || c == u'~';
}

// Prose speaks of "Bearer authentication" and "Basic plan"; values are long or hold a digit, or decode to
// user:password.
bool looksLikeCredential(QLatin1StringView scheme, QStringView value)
{
    if (scheme == "basic"_L1) {
        const auto decoded =
            QByteArray::fromBase64Encoding(value.left(4096).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        return decoded && decoded.decoded.contains(':');
    }
    const bool hasDigit = std::ranges::any_of(value, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return value.size() >= 20 || (value.size() >= 8 && hasDigit);
}

QString maskScheme(const QString &text, QLatin1StringView scheme)
{
    QString result;
    qsizetype done = 0;
    for (qsizetype at = text.indexOf(scheme, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(scheme, std::max(done, at + 1), Qt::CaseInsensitive)) {
        const qsizetype space = at + scheme.size();
        const qsizetype start = endOfRun(text, space, [](QChar c) { return c == u' '; });
        const bool isWord = at == 0 || !isAsciiLetterOrDigit(text[at - 1]);
        if (!isWord || start == space)
            continue;
        const qsizetype end = endOfRun(text, start, isBase64Char);
        const QStringView value = QStringView(text).mid(start, end - start);
        const bool isMaskedAlready = value.size() <= 4 && QStringView(text).mid(end).startsWith(dots());
        if (isMaskedAlready || !looksLikeCredential(scheme, value))
            continue;
        result += QStringView(text).mid(done, start - done);
        result += maskValue(value.toString());
        done = end;
    }
    result += QStringView(text).mid(done);
    return result;
}

} // namespace

QString maskAuthSchemes(const QString &text)
{
    return maskScheme(maskScheme(text, "bearer"_L1), "basic"_L1);
}

} // namespace cockpit::redaction
