#include "app/practice/shop/shopcall.h"

#include <QJsonDocument>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

PageReply jsonReply(int status, const QJsonObject &object)
{
    return {.status = status, .contentType = "application/json", .body = compactJson(object)};
}

PageReply errorReply(int status, const char *code, const QJsonObject &more)
{
    QJsonObject object = more;
    object.insert("error"_L1, QString::fromLatin1(code));
    return jsonReply(status, object);
}

PageReply emptyReply(int status)
{
    return {.status = status, .contentType = {}};
}

PageReply htmlReply(const QByteArray &title, const QByteArray &body, int status)
{
    PageReply reply{.status = status,
                    .body = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
                            "</title></head><body>" + body + "</body></html>\n"};
    reply.add("Content-Security-Policy",
              "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    return reply;
}

PageReply crash(const QString &where)
{
    return {.status = 500,
            .contentType = "text/plain; charset=utf-8",
            .body = "Traceback (most recent call last):\n  File \"/srv/ledger/app/views.py\", line 118, in " +
                    where.toUtf8() +
                    "\n    value = schema.load(payload)\nTypeError: unsupported operand type(s) for +: 'int' and "
                    "'str'\n"};
}

PageReply databaseError(const QString &text)
{
    return errorReply(500, "database",
                      {{u"message"_s, u"SQLSTATE[42601]: Syntax error: 7 ERROR: unterminated quoted string at or near "
                                      "\"%1\" LINE 1: SELECT * FROM records WHERE name = '%1'"_s.arg(text.left(40))}});
}

PageReply tooMany(qint64 seconds)
{
    PageReply reply = errorReply(429, "too_many_tries", {{u"retry_after_seconds"_s, seconds}});
    reply.add("Retry-After", QByteArray::number(seconds));
    return reply;
}

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

} // namespace cockpit::shop
