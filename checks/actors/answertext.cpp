#include "checks/actors/answertext.h"

#include "checks/actors/likeness.h"
#include "models/jsonplaces.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The names of members as well: some products keep records under their ids.
QString textsOf(const QJsonValue &json)
{
    QString texts;
    visitJson(json, [&](const JsonPlace &place) {
        if (place.isMember())
            texts += place.name + u'\n';
        if (place.value.isString())
            texts += place.value.toString() + u'\n';
        return true;
    });
    return texts;
}

// JSON inside of a page, as frameworks hand their state to it. In one pass: a page may be full of them.
QString withoutEscapes(const QString &plain)
{
    static const QRegularExpression escaped(u"\\\\(?:/|u([0-9A-Fa-f]{4}))"_s);
    QString loose;
    loose.reserve(plain.size());
    qsizetype done = 0;
    for (auto it = escaped.globalMatch(plain); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        loose += QStringView(plain).mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        loose += match.captured(1).isEmpty() ? QChar(u'/') : QChar(match.captured(1).toUShort(nullptr, 16));
    }
    loose += QStringView(plain).mid(done);
    return loose;
}

bool continues(QChar c)
{
    return c.isLetterOrNumber();
}

// Of a mail address its name goes on with more signs, and its domain with a dot and a letter.
bool isWholeMail(QStringView text, qsizetype from, qsizetype end)
{
    const QChar before = from > 0 ? text[from - 1] : QChar(u' ');
    if (QStringView(u".+-_").contains(before))
        return false;
    return end + 1 >= text.size() || (text[end] != u'.' && text[end] != u'-') || !continues(text[end + 1]);
}

// The wanted text stands there, and as a whole.
bool isWholeAt(QStringView text, qsizetype at, QStringView wanted, bool isMail)
{
    const qsizetype end = at + wanted.size();
    const auto sensitivity = isMail ? Qt::CaseInsensitive : Qt::CaseSensitive;
    if (end > text.size() || text.sliced(at, wanted.size()).compare(wanted, sensitivity) != 0)
        return false;
    const bool isPart = (at > 0 && continues(text[at - 1]) && continues(wanted.front())) ||
                        (end < text.size() && continues(text[end]) && continues(wanted.back()));
    return !isPart && (!isMail || isWholeMail(text, at, end));
}

} // namespace

QString withoutEntities(const QString &html)
{
    static constexpr std::array named{std::pair{"lt", u'<'},    std::pair{"gt", u'>'},     std::pair{"quot", u'"'},
                                      std::pair{"apos", u'\''}, std::pair{"commat", u'@'}, std::pair{"period", u'.'},
                                      std::pair{"nbsp", u' '},  std::pair{"amp", u'&'}};
    static const QRegularExpression entity(u"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([a-z]{2,6}));"_s);
    QString text;
    qsizetype done = 0;
    for (auto it = entity.globalMatch(html); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        text += QStringView(html).mid(done, match.capturedStart() - done);
        done = match.capturedEnd();
        const auto name = std::ranges::find_if(
            named, [&](const auto &one) { return match.captured(3) == QLatin1StringView(one.first); });
        const uint code =
            !match.captured(1).isEmpty() ? match.captured(1).toUInt() : match.captured(2).toUInt(nullptr, 16);
        if (name != named.end())
            text += name->second;
        else if (code > 0 && code <= QChar::LastValidCodePoint && !QChar::isSurrogate(code))
            text.append(QStringView(QChar::fromUcs4(code)));
        else
            text += match.captured();
    }
    text += QStringView(html).mid(done);
    return text;
}

AnswerText AnswerText::of(const HttpResponse &answer)
{
    AnswerText text = ofBytes(answer.body);
    if (const auto location = answer.header("location"))
        text.m_spellings.append(QUrl::fromPercentEncoding(*location));
    return text;
}

AnswerText AnswerText::ofBytes(const QByteArray &bytes)
{
    AnswerText text;
    const QString plain = QString::fromUtf8(bytes);
    text.m_spellings.append(plain);
    HttpResponse asAnswer;
    asAnswer.body = bytes;
    if (const auto json = jsonOf(asAnswer))
        text.m_spellings.append(textsOf(*json));
    if (plain.contains(u'&'))
        text.m_spellings.append(withoutEntities(plain));
    if (plain.contains(u'%'))
        text.m_spellings.append(QUrl::fromPercentEncoding(QByteArray(bytes).replace('+', ' ')));
    if (plain.contains("\\/"_L1) || plain.contains("\\u"_L1)) {
        text.m_spellings.append(withoutEscapes(plain));
    }
    return text;
}

bool AnswerText::holds(const QString &text) const
{
    return held(ManyTexts({text})).front();
}

std::vector<bool> AnswerText::held(const ManyTexts &texts) const
{
    const std::vector<QString> &wanted = texts.texts();
    std::vector<bool> isHeld(wanted.size());
    std::vector<bool> isMail(wanted.size());
    std::transform(wanted.begin(), wanted.end(), isMail.begin(), [](const QString &one) { return one.contains(u'@'); });
    for (const QString &spelling : m_spellings) {
        texts.scan(spelling, [&](std::size_t index, qsizetype at) {
            if (!isHeld[index])
                isHeld[index] = isWholeAt(spelling, at, wanted[index], isMail[index]);
            return !isHeld[index];
        });
    }
    return isHeld;
}

bool AnswerText::repeats(const QString &text) const
{
    return !text.isEmpty() && std::ranges::any_of(m_spellings, [&](const QString &one) {
        return one.contains(text, Qt::CaseInsensitive);
    });
}

} // namespace cockpit
