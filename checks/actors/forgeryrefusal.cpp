#include "checks/actors/forgeryrefusal.h"

#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPageExpired = 419;
constexpr qsizetype kLongestLooked = 16 << 10;

QString wordsOf(const HttpResponse &answer)
{
    const QByteArray start = answer.body.left(kLongestLooked);
    if (!isPage(answer))
        return QString::fromUtf8(start);
    const auto page = parseHtml(start, answer.url);
    return page ? page->title + u'\n' + page->text : QString();
}

} // namespace

bool isForgeryRefusal(const HttpResponse &answer)
{
    if (answer.status == kPageExpired)
        return true;
    if (answer.status != 400 && answer.status != 403 && answer.status != 422)
        return false;
    // The token's name alone is not enough: a refusal may hand out the next one.
    static const QRegularExpression words(
        u"(?:csrf|xsrf|forgery|authenticity[ _-]?token)[\\w\\s\"':._-]{0,40}?(?:invalid|incorrect|missing|mismatch|"
        u"fail|expired|required|not (?:found|valid|set|match)|denied|rejected)|"
        u"\\b(?:invalid|incorrect|missing|bad|expired|failed|no|without(?: a| the)?|verify|could not verify the "
        u"provided)"
        u"[\\s\"':_-]{0,3}(?:csrf|xsrf|(?:anti-?)?forgery|authenticity[ _-]?token)|"
        u"\\bcross-site (?:\\w+ ){1,4}(?:forbidden|denied|rejected)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(wordsOf(answer)).hasMatch();
}

} // namespace cockpit
