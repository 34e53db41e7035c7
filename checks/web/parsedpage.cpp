#include "checks/web/parsedpage.h"

#include <QCryptographicHash>

namespace cockpit {

QString ParsedPage::key() const
{
    const QByteArray hash = QCryptographicHash::hash(html, QCryptographicHash::Sha1);
    return url.toString(QUrl::FullyEncoded) + u' ' + QString::fromLatin1(hash.toHex());
}

Result<HtmlPage> probe(const ParsedPage &question, ProbeContext &)
{
    return parseHtml(question.html, question.url);
}

Observations::Shared<HtmlPage> pageIn(const HttpResponse &answer, Observations &seen)
{
    return seen.ask(ParsedPage{answer.body, answer.url});
}

HtmlPage pageOrNothing(const HttpResponse &answer, Observations &seen)
{
    const auto page = pageIn(answer, seen);
    if (*page)
        return **page;
    // The run's end must not look like a page without anything in it.
    return page->error().kind == ErrorKind::TooLarge ? HtmlPage{}
                                                     : parseHtml(answer.body, answer.url).value_or(HtmlPage{});
}

} // namespace cockpit
