// What the practice company's back office keeps, read as its customers see it: to tell whether a run left something
// behind there.
#pragma once

#include "app/practice/practicecompany.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

namespace cockpit::test {

// One visitor with a cookie, who asks without a network.
class DeskReader
{
public:
    explicit DeskReader(PracticeDesk &desk) : m_desk(desk) {}

    bool signIn(const PracticeAccount &account)
    {
        const QByteArray csrf = match(get("/login"), QStringLiteral("name=\"csrf_token\" value=\"([^\"]+)\""));
        const auto encoded = [](const QString &text) { return QUrl::toPercentEncoding(text); };
        const QByteArray body = "email=" + encoded(account.email) +
                                "&password=" + encoded(QString::fromLatin1(account.password)) + "&csrf_token=" + csrf;
        return ask("POST", "/login", body).status == 303;
    }
    QByteArray get(const QByteArray &path) { return ask("GET", path, {}).body; }

    // The rows of the table on that page.
    QStringList rowsAt(const QByteArray &path)
    {
        static const QRegularExpression row(QStringLiteral("<tr>.*?</tr>"));
        QStringList rows;
        for (const QRegularExpressionMatch &found : row.globalMatch(QString::fromUtf8(get(path))))
            rows << found.captured();
        return rows;
    }

private:
    static QByteArray match(const QByteArray &page, const QString &pattern)
    {
        return QRegularExpression(pattern).match(QString::fromUtf8(page)).captured(1).toLatin1();
    }
    PageReply ask(const QByteArray &method, const QByteArray &path, const QByteArray &body)
    {
        PageRequest request{.method = method,
                            .target = path,
                            .authority = m_desk.desk().host(),
                            .headers = {{"cookie", m_cookie},
                                        {"content-type", "application/x-www-form-urlencoded"},
                                        {"origin", "https://" + m_desk.desk().host()}},
                            .body = body};
        PageReply reply = m_desk.answer(request);
        if (const QByteArray cookie = reply.header("Set-Cookie"); !cookie.isEmpty())
            m_cookie = cookie.split(';').constFirst();
        return reply;
    }

    PracticeDesk &m_desk;
    QByteArray m_cookie;
};

// Its invoices, and its accounts with their names and roles; empty when somebody cannot sign in.
inline QStringList deskRecordsOf(PracticeDesk &desk)
{
    QStringList records;
    for (const QString &tenant : {kBirch, kCedar}) {
        DeskReader reader(desk);
        if (!reader.signIn(desk.desk().account(tenant, QStringLiteral("admin"))))
            return {};
        records << reader.rowsAt("/invoices") << reader.rowsAt("/admin/users");
    }
    return records;
}

} // namespace cockpit::test
